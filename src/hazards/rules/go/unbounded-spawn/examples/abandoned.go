package a

import (
	"context"
	"net/http"
	"time"
)

func ask(ctx context.Context, question string) (string, error) {
	answer := make(chan string)
	go func() { // want low: stays for ever after a time-out
		answer <- search(question)
	}()
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func timed(work func() error) error {
	done := make(chan error)
	go func() { // want low: stays for ever after a time-out
		done <- work()
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errLate
	}
}

func roomy(ctx context.Context, question string) (string, error) {
	answer := make(chan string, 1)
	go func() { // nothing
		answer <- search(question)
	}()
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func waits(ctx context.Context, question string) (string, error) {
	answer := make(chan string)
	go func() { // nothing
		answer <- search(question)
	}()
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return <-answer, ctx.Err()
	}
}

func leaves(ctx context.Context, question string) (string, error) {
	answer := make(chan string)
	go func() { // nothing
		select {
		case answer <- search(question):
		case <-ctx.Done():
		}
	}()
	select {
	case text := <-answer:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func serve(ctx context.Context, server *http.Server) error {
	failed := make(chan error)
	go func() { // nothing
		failed <- server.ListenAndServe()
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return server.Close()
	}
}
