package a

import (
	"context"
	"io"
	"net/http"

	"github.com/redis/go-redis/v9"
)

func consume(ctx context.Context, client *redis.Client) {
	client.XReadGroup(ctx, &redis.XReadGroupArgs{Group: "g", Consumer: "c", Streams: []string{"orders", ">"}}) // want medium: reads all there is
	client.XReadGroup(ctx, &redis.XReadGroupArgs{Group: "g", Streams: []string{"orders", ">"}, Count: 10})     // bounded: Count: 10
}

func upload(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body) // want low: reads all there is
	use(body, err)
}

func fetch(url string) {
	resp, _ := http.Get(url)
	body, _ := io.ReadAll(resp.Body) // want low: reads all there is
	use(body)
}
