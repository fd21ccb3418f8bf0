package a

import (
	"bufio"
	"io"
	"net"
	"net/textproto"
	"os"
	"strings"
)

type session struct {
	conn   net.Conn
	reader *bufio.Reader
}

func open(conn net.Conn) *session {
	return &session{conn: conn, reader: bufio.NewReader(conn)}
}

func (s *session) next() (string, error) {
	return s.reader.ReadString('\n') // want low: reads all there is
}

func serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		unpacked := decompress(conn)
		lines := bufio.NewReader(unpacked)
		line, err := lines.ReadBytes('\n') // want low: reads all there is
		use(line, err)
		headers := textproto.NewReader(bufio.NewReader(conn))
		head, err := headers.ReadMIMEHeader() // want low: reads all there is
		use(head, err)
	}
}

func limitedLine(conn net.Conn) (string, error) {
	lines := bufio.NewReader(io.LimitReader(conn, 4096))
	return lines.ReadString('\n') // bounded: LimitReader
}

func ask() (string, error) {
	lines := bufio.NewReader(os.Stdin)
	return lines.ReadString('\n') // nothing
}

func inMemory(text string) (string, error) {
	lines := bufio.NewReader(strings.NewReader(text))
	return lines.ReadString('\n') // nothing
}
