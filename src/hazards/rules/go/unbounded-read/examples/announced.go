package main

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
)

func readFrame(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	body := make([]byte, size) // want low: reads all there is
	_, err := io.ReadFull(r, body)
	return body, err
}

func readPositive(r io.Reader) ([]byte, error) {
	var size int32
	if err := binary.Read(r, binary.BigEndian, &size); err != nil {
		return nil, err
	}
	if size < 0 {
		return nil, errors.New("negative")
	}
	body := make([]byte, size) // want low: reads all there is
	_, err := io.ReadFull(r, body)
	return body, err
}

func readLimited(r io.Reader, most uint32) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > most {
		return nil, errors.New("too large")
	}
	body := make([]byte, size) // nothing: compared before
	_, err := io.ReadFull(r, body)
	return body, err
}

func readShort(r io.Reader) ([]byte, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint16(head[:])
	body := make([]byte, size) // nothing: 64 kB at most
	_, err := io.ReadFull(r, body)
	return body, err
}

func readSmall(r io.Reader) ([]byte, error) {
	var size uint16
	if err := binary.Read(r, binary.BigEndian, &size); err != nil {
		return nil, err
	}
	body := make([]byte, size) // nothing: 64 kB at most
	_, err := io.ReadFull(r, body)
	return body, err
}

func readOwn(file *os.File) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(file, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	body := make([]byte, size) // nothing: the program has written it
	_, err := io.ReadFull(file, body)
	return body, err
}
