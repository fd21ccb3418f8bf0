package tunnel

var tasks = make(chan Task, 200)

func process() {
	queue := tasks
	for task := range queue {
		go handle(task) // want low: one goroutine per value
	}
}

func walk(all []Task) {
	queue := all
	for task := range queue {
		go handle(task) // nothing
	}
}
