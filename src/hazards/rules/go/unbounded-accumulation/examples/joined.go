package main

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"os"
)

func readLine(reader *bufio.Reader) (line []byte, err error) {
	var whole []byte
	for {
		piece, more, err := reader.ReadLine()
		if err != nil {
			return nil, err
		}
		whole = append(whole, piece...) // want low: joined until an end comes
		if !more {
			return whole, nil
		}
	}
}

func readFrames(conn net.Conn, handle func([]byte)) error {
	var waiting bytes.Buffer
	piece := make([]byte, 4096)
	for {
		n, err := conn.Read(piece)
		if err != nil {
			return err
		}
		waiting.Write(piece[:n]) // want low: joined until an end comes
		if bytes.HasSuffix(waiting.Bytes(), []byte("\x1e")) {
			handle(waiting.Bytes())
			waiting.Reset()
		}
	}
}

func readShortFrames(conn net.Conn, handle func([]byte)) error {
	var waiting bytes.Buffer
	piece := make([]byte, 4096)
	for {
		n, err := conn.Read(piece)
		if err != nil {
			return err
		}
		if waiting.Len() > 1<<20 {
			return errors.New("too long")
		}
		waiting.Write(piece[:n]) // nothing: its length is compared
		if bytes.HasSuffix(waiting.Bytes(), []byte("\x1e")) {
			handle(waiting.Bytes())
			waiting.Reset()
		}
	}
}

func readPackets(conn net.Conn, handle func([]byte)) error {
	var packet bytes.Buffer
	piece := make([]byte, 1500)
	for {
		n, err := conn.Read(piece)
		if err != nil {
			return err
		}
		packet.Write(piece[:n]) // nothing: begun anew with each packet
		handle(packet.Bytes())
		packet.Reset()
	}
}

func readFile(file *os.File) string {
	var text string
	piece := make([]byte, 4096)
	for {
		n, err := file.Read(piece)
		if err != nil {
			return text
		}
		text += string(piece[:n]) // nothing: the file has an end
	}
}
