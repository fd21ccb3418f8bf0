package a

import (
	"context"
	"os/exec"

	"github.com/redis/go-redis/v9"
)

func waiting(ctx context.Context, client *redis.Client, queue string) ([]string, error) {
	return client.LRange(ctx, queue, 0, -1).Result() // want low: reads all there is
}

func some(ctx context.Context, client *redis.Client, queue string) ([]string, error) {
	return client.LRange(ctx, queue, 0, 99).Result() // nothing
}

func under(ctx context.Context, client *redis.Client) ([]string, error) {
	return client.Keys(ctx, "session:*").Result() // want low: reads all there is
}

func run(command string) ([]byte, error) {
	return exec.Command("sh", "-c", command).CombinedOutput() // want low: reads all there is
}

func version() ([]byte, error) {
	return exec.Command("sh", "-c", "uname -a").Output() // nothing
}
