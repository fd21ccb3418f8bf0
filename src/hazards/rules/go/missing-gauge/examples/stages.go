package a

import "github.com/prometheus/client_golang/prometheus"

type Pipeline struct{ parsed chan Order }

func start() {
	parsed := make(chan Order, 100) // want low: depth not measured
	stored := make(chan Order, 100) // bounded: len(stored)
	prometheus.MustRegister(prometheus.NewGaugeFunc(options, func() float64 { return float64(len(stored)) }))
	done := make(chan struct{}, 10)        // nothing
	errs := make(chan error, 10)           // nothing
	answer := make(chan Order)             // nothing
	rows := make([]Order, 100)             // nothing
	prices := make(chan Price, len(shops)) // nothing
	votes := make(chan Vote, numNodes)     // nothing
	run(parsed, done, errs, answer, rows, prices, votes)
}

func (a *API) stream(request Request) {
	rows := make(chan Order, 100) // nothing
	go read(request, rows)
	for row := range rows {
		write(row)
	}
}
