package a

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"os"

	"github.com/golang/snappy"
)

func gunzip(data []byte) ([]byte, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked) // want low: reads all there is
}

func copied(data []byte) ([]byte, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = io.Copy(&out, unpacked) // want low: reads all there is
	return out.Bytes(), err
}

func limitedUnpack(data []byte) ([]byte, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(unpacked, 1<<20)) // nothing
}

func message(data []byte) ([]byte, error) {
	return snappy.Decode(nil, data) // want low: reads all there is
}

func (r *Snapshot) message(data []byte) ([]byte, error) {
	return snappy.Decode(nil, data) // nothing
}

func file(name string) ([]byte, error) {
	packed, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked) // nothing
}

func answer(resp *http.Response) ([]byte, error) {
	unpacked, err := gzip.NewReader(resp.Body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked) // nothing
}

func (s *store) remembered(key string) ([]byte, error) {
	return snappy.Decode(nil, s.cachedData(key)) // nothing
}
