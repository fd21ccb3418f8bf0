package examples

func suppressed(jobs <-chan Job) {
	for job := range jobs {
		// backpressure: bounded-by the sender waits for the answer
		go job.Run() // suppressed: the sender waits for the answer
	}
	for job := range jobs {
		go job.Run() /* backpressure: bounded-by four senders */ // suppressed: four senders
	}
	for job := range jobs {
		// backpressure: bounded-by
		go job.Run() // want low: one goroutine per value
	}
}
