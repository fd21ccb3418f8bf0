package examples

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"time"

	"github.com/segmentio/kafka-go"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

func semaphoreChannel(jobs <-chan Job) {
	slots := make(chan struct{}, 8)
	for job := range jobs {
		slots <- struct{}{}
		go func() { // bounded: permit
			defer func() { <-slots }()
			job.Run()
		}()
	}
}

func semaphoreInSelect(ctx context.Context, jobs <-chan Job) {
	limit := make(chan bool, 8)
	for job := range jobs {
		select {
		case limit <- true:
		case <-ctx.Done():
			return
		}
		go func() { // bounded: permit
			defer func() { <-limit }()
			job.Run()
		}()
	}
}

func tokens(jobs <-chan Job, tokens chan int) {
	for job := range jobs {
		token := <-tokens
		go func() { // bounded: permit
			job.Run()
			tokens <- token
		}()
	}
}

func weighted(ctx context.Context, reader *kafka.Reader, permits *semaphore.Weighted) error {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if err := permits.Acquire(ctx, 1); err != nil {
			return err
		}
		go func() { // bounded: permit
			defer permits.Release(1)
			work(message.Value)
		}()
	}
}

func paced(ctx context.Context, jobs <-chan Job, limiter *rate.Limiter) {
	for job := range jobs {
		if limiter.Wait(ctx) != nil {
			return
		}
		go job.Run() // bounded: permit
	}
}

func permitInside(jobs <-chan Job, slots chan struct{}) {
	for job := range jobs {
		go func() { // bounded: permit
			slots <- struct{}{}
			defer func() { <-slots }()
			job.Run()
		}()
	}
}

func joinedInTheTurn(jobs <-chan []Job) {
	for {
		batch := <-jobs
		var all sync.WaitGroup
		for _, job := range batch {
			all.Add(1)
			go func() { // bounded: waits
				defer all.Done()
				job.Run()
			}()
		}
		all.Wait()
	}
}

func handshake(jobs <-chan Job) {
	done := make(chan struct{})
	for job := range jobs {
		go func() { // bounded: waits
			job.Run()
			done <- struct{}{}
		}()
		<-done
	}
}

func countChecked(jobs <-chan Job) {
	var active atomic.Int64
	for job := range jobs {
		if active.Load() >= 100 {
			job.Reject()
			continue
		}
		active.Add(1)
		go func() { // bounded: check
			defer active.Add(-1)
			job.Run()
		}()
	}
}

func oneAtATime(jobs <-chan Job) {
	var running int32
	for job := range jobs {
		if atomic.CompareAndSwapInt32(&running, 0, 1) {
			go func() { // bounded: check
				defer atomic.StoreInt32(&running, 0)
				job.Run()
			}()
		}
	}
}

func onePerKey(jobs <-chan Job) {
	lanes := map[string]chan Job{}
	for job := range jobs {
		lane, known := lanes[job.Key]
		if !known {
			lane = make(chan Job, 16)
			lanes[job.Key] = lane
			go drain(lane) // bounded: check
		}
		lane <- job
	}
}

func firstOnly(jobs <-chan Job) {
	for {
		job := <-jobs
		go job.Run() // bounded: leaves
		return
	}
}

// Workers over one channel: as many as are counted.
func workers(jobs <-chan Job, count int) {
	for i := 0; i < count; i++ {
		go func() { // nothing
			for job := range jobs {
				job.Run()
			}
		}()
	}
	for range 4 {
		go drain(jobs) // nothing
	}
}

func onSignal() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	for range signals {
		go flush() // nothing
	}
}

func onTick(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	for {
		select {
		case <-ctx.Done():
			go flush() // nothing
			return
		case now := <-ticker.C:
			go report(now) // nothing
		}
	}
}

func overSlice(jobs []Job) {
	for _, job := range jobs {
		go job.Run() // nothing
	}
}

func once(name string) {
	go run(name) // nothing
}

func onAnySignal() {
	c := make(chan os.Signal, 1)
	signal.Notify(c)
	for s := range c {
		go report(s) // nothing
	}
}

// A helper starts what its callers hand in: how often is decided there.
func start(work func()) {
	go work() // want high: one goroutine per message
}

func startsNow(work func()) {
	go work() // nothing
}

func startsWithHelper(reader *kafka.Reader) {
	for {
		if _, err := reader.FetchMessage(context.Background()); err != nil {
			return
		}
		start(flush)
	}
}

// A goroutine tells its end, and the next one starts only then.
func freeList(jobs <-chan Job, done chan int) {
	for {
		job := <-jobs
		worker := <-done
		go func() { // bounded: waits
			job.Run()
			done <- worker
		}()
	}
}

func refusesWhenFull(jobs <-chan Job, accept chan bool) {
	for job := range jobs {
		select {
		case <-accept:
			go func() { // bounded: permit
				job.Run()
				accept <- true
			}()
		default:
			job.Reject()
		}
	}
}

func dropsWhenFull(jobs <-chan Job, slots chan struct{}) {
	for job := range jobs {
		select {
		case slots <- struct{}{}:
		default:
			job.Reject()
			continue
		}
		go func() { // bounded: permit
			job.Run()
			<-slots
		}()
	}
}

func onNewConfiguration(configurations chan Configuration) {
	for configuration := range configurations {
		go configuration.Apply() // nothing
	}
}

type relay struct {
	contexts map[*Session]bool
	offers   map[string]*Offer
	started  bool
}

func (r *relay) overMap() {
	for session := range r.contexts {
		if session.Waits {
			go r.resend(session.ID) // nothing
		}
	}
}

func (r *relay) answers(answers <-chan Answer) {
	for answer := range answers {
		offer, known := r.offers[answer.ID]
		if !known {
			continue
		}
		delete(r.offers, answer.ID)
		go r.announce(offer) // bounded: check
	}
}

func (r *relay) handleQuestion(question *Message) {
	results := make(chan Result, len(r.offers))
	for _, offer := range r.offers {
		go r.ask(offer, question, results) // bounded: waits
	}
	for range r.offers {
		select {
		case result := <-results:
			if result.Good {
				return
			}
		case <-r.ctx.Done():
			return
		}
	}
}

func (r *relay) handlePull(request *Message) {
	go withRecover(func() { // nothing
		for {
			r.pull(request)
		}
	})
}

func (r *relay) startsOnce(answers <-chan Answer, count int) {
	for answer := range answers {
		if r.offers != nil && !r.started {
			r.started = true
			for i := count; i > 0; i-- {
				go r.work(answer) // bounded: check
			}
		}
		r.take(answer)
	}
}
