package examples

import "golang.org/x/sync/errgroup"

func groupWithLimit(jobs <-chan Job) error {
	var group errgroup.Group
	group.SetLimit(8)
	for job := range jobs {
		group.Go(func() error { // bounded: SetLimit
			return job.Run()
		})
	}
	return group.Wait()
}
