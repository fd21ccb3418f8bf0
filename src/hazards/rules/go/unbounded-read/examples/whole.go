package a

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
)

func verify(w http.ResponseWriter, r *http.Request) {
	var body, signed bytes.Buffer
	_, err := io.Copy(&signed, io.TeeReader(r.Body, &body)) // want low: reads all there is
	check(signed, err)
}

func keep(w http.ResponseWriter, r *http.Request) {
	file, _ := os.Create("upload")
	_, err := io.Copy(file, r.Body) // nothing
	check(file, err)
}

func fill(w http.ResponseWriter, r *http.Request) {
	buffer := new(bytes.Buffer)
	_, err := buffer.ReadFrom(r.Body) // want low: reads all there is
	check(buffer, err)
}

func unzip(w http.ResponseWriter, r *http.Request) {
	unzipped, err := gzip.NewReader(r.Body)
	if err != nil {
		return
	}
	body, err := io.ReadAll(unzipped) // want low: reads all there is
	check(body, err)
}

func parts(w http.ResponseWriter, r *http.Request) {
	form := multipart.NewReader(r.Body, "boundary")
	for {
		part, err := form.NextPart()
		if err != nil {
			return
		}
		body, err := io.ReadAll(part) // want low: reads all there is
		check(body, err)
	}
}

func handed(w http.ResponseWriter, r *http.Request) {
	check(readBody(r.Body))
}

func readBody(body io.Reader) ([]byte, error) {
	return io.ReadAll(body) // want low: reads all there is
}

func readFile(file io.Reader) ([]byte, error) {
	return io.ReadAll(file) // nothing
}

func limitedCopy(w http.ResponseWriter, r *http.Request) {
	var buffer bytes.Buffer
	_, err := io.Copy(&buffer, io.LimitReader(r.Body, 1<<20)) // bounded: LimitReader
	check(buffer, err)
}

func dump(w http.ResponseWriter, r *http.Request) {
	all, err := httputil.DumpRequest(r, true) // want low: reads all there is
	check(all, err)
	head, err := httputil.DumpRequest(r, false) // nothing
	check(head, err)
}

func (l *logger) RoundTrip(r *http.Request) (*http.Response, error) {
	all, err := httputil.DumpRequest(r, true) // nothing
	check(all, err)
	return l.next.RoundTrip(r)
}

func copied(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > most {
		return
	}
	buffer := bytes.NewBuffer(nil)
	err := r.Write(buffer) // want low: reads all there is
	check(buffer, err)
}

func forwarded(upstream net.Conn, r *http.Request) {
	check(r, r.Write(upstream)) // nothing
}

func serve(conn net.Conn) {
	all, err := io.ReadAll(conn) // want low: reads all there is
	check(all, err)
}

func next(connection *Connection) {
	_, reader, _ := connection.NextReader()
	all, err := io.ReadAll(reader) // want low: reads all there is
	check(all, err)
}
