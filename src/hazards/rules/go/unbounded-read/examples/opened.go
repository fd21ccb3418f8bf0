package a

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func uploaded(w http.ResponseWriter, r *http.Request) {
	file, _, err := r.FormFile("picture")
	if err != nil {
		return
	}
	picture, err := io.ReadAll(file) // want low: reads all there is
	check(picture, err)
}

func opened(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(file) // want low: reads all there is
}

func entries(archive io.Reader) (contents [][]byte, err error) {
	entry := tar.NewReader(archive)
	for {
		if _, err = entry.Next(); err != nil {
			return contents, err
		}
		content, err := io.ReadAll(entry) // want low: reads all there is
		contents = append(contents, content)
		check(content, err)
	}
}

func zipped(entry *zip.File) ([]byte, error) {
	content, err := entry.Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(content) // want low: reads all there is
}

func zippedManifest(entry *zip.File) ([]byte, error) {
	content, err := entry.Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(content) // nothing
}

func zippedLimited(entry *zip.File) ([]byte, error) {
	content, err := entry.Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(content, 1<<20)) // bounded: `LimitReader`
}

func object(ctx context.Context, client *s3.Client, key string) ([]byte, error) {
	answer, err := client.GetObject(ctx, &s3.GetObjectInput{Key: &key})
	if err != nil {
		return nil, err
	}
	return io.ReadAll(answer.Body) // want low: reads all there is
}

func send(path string) (*bytes.Buffer, error) {
	body := new(bytes.Buffer)
	form := multipart.NewWriter(body)
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	part, err := form.CreateFormFile("file", path)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(part, file) // want low: reads all there is
	return body, err
}

func sendText(text []byte) (*bytes.Buffer, error) {
	body := new(bytes.Buffer)
	form := multipart.NewWriter(body)
	part, err := form.CreateFormFile("file", "text")
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(part, bytes.NewReader(text)) // nothing
	return body, err
}

func sendPiped(to io.Writer, file *os.File) error {
	form := multipart.NewWriter(to)
	part, err := form.CreateFormFile("file", file.Name())
	if err != nil {
		return err
	}
	_, err = io.Copy(part, file) // nothing
	return err
}

func page(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(answer.Body) // want low: reads all there is
}

func news() ([]byte, error) {
	answer, err := http.Get("https://example.com/news")
	if err != nil {
		return nil, err
	}
	return io.ReadAll(answer.Body) // nothing
}

type Crawler struct{ client *http.Client }

func (c *Crawler) visit(at *http.Request) ([]byte, error) {
	answer, err := c.client.Do(at)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(answer.Body) // want low: reads all there is
}

type Service struct{ client *http.Client }

func (s *Service) users(ask *http.Request) ([]byte, error) {
	answer, err := s.client.Do(ask)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(answer.Body) // nothing
}

func decoded(w http.ResponseWriter, r *http.Request) {
	decoder := json.NewDecoder(r.Body)
	var item any
	err := decoder.Decode(&item) // want low: reads all there is
	check(nil, err)
}

func oneByOne(w http.ResponseWriter, r *http.Request) {
	decoder := json.NewDecoder(r.Body)
	for decoder.More() {
		var item any
		err := decoder.Decode(&item) // nothing
		check(nil, err)
	}
}

func check([]byte, error) {}
