package proxy

import (
	"io"
	"net/http"
)

func changed(answer *http.Response) ([]byte, error) {
	return io.ReadAll(answer.Body) // want low: reads all there is
}

func refused(answer *http.Response) ([]byte, error) {
	if answer.StatusCode >= 400 {
		return io.ReadAll(answer.Body) // nothing
	}
	return nil, nil
}
