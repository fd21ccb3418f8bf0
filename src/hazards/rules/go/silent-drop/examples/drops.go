package a

import "context"

func offer(ctx context.Context, jobs chan Job, job Job) {
	select { // want low: drops silently when full
	case jobs <- job:
	default:
	}
	for {
		select { // want medium: drops silently when full
		case orders <- next():
		default:
			// the writer is behind
			continue
		}
	}
}

func told(jobs chan Job, job Job) bool {
	select { // bounded: log.Printf
	case jobs <- job:
	default:
		log.Printf("dropped %v", job)
	}
	select { // bounded: lost++
	case jobs <- job:
	default:
		lost++
	}
	select { // bounded: return false
	case jobs <- job:
		return true
	default:
		return false
	}
}

func wakes(wake chan struct{}, errs chan error, err error, done chan bool) {
	select { // nothing
	case wake <- struct{}{}:
	default:
	}
	select { // nothing
	case errs <- err:
	default:
	}
	select { // nothing
	case done <- true:
	default:
	}
	select { // nothing
	case <-wake:
	default:
	}
}

func elsewhere(jobs chan Job, job Job, waiting []Job, disk *Disk) error {
	select { // nothing
	case jobs <- waiting[0]:
		waiting = waiting[1:]
	default:
	}
	select { // nothing
	case jobs <- job:
		return nil
	default:
	}
	return disk.Write(job)
}

func latest(rates chan Rate, rate Rate, overflow chan Rate) {
	select { // nothing
	case <-rates:
	default:
	}
	select { // nothing
	case rates <- rate:
	default:
	}
	select { // bounded: overflow <- rate
	case rates <- rate:
	default:
		overflow <- rate
	}
}

func recycle(bufs chan *Buffer, used *Buffer) {
	select { // nothing
	case bufs <- used:
	default:
	}
}

func beside(ctx context.Context, watcher *Watcher, value Value) {
	select { // want low: drops silently when full
	case <-ctx.Done():
	case watcher.updates <- value:
	default:
		return
	}
	select { // bounded: go func
	case watcher.updates <- value:
	default:
		go func() { watcher.updates <- value }()
	}
	select { // nothing
	case watcher.updateStats <- value:
	default:
	}
}

func (r *Receiver) handle(packet *Packet) {
	select { // want low: drops silently when full
	case r.packets <- packet:
	default:
	}
}

func (r *Receiver) Put(buffer *Buffer) {
	select { // nothing
	case r.buffers <- buffer:
	default:
	}
}

func (l freeList) Return(used []byte) {
	select { // nothing
	case l <- used:
	default:
	}
}

func alive(s *Session, quit bool, pongs chan string, text string) {
	select { // nothing
	case pongs <- text:
	default:
	}
	select { // nothing
	case s.Send() <- goodbye:
	default:
	}
	select { // nothing
	case s.ended <- quit:
	default:
	}
	select { // nothing
	case s.prompts <- empty{}:
	default:
	}
	select { // want low: drops silently when full
	case s.Send() <- interrupt:
	default:
	}
}

func askFirst(w *Wallet) []Account {
	answered := make(chan struct{}, 1)
	select { // nothing
	case w.derive <- answered:
		<-answered
	default:
	}
	return w.accounts
}

func noted(messages chan *Message, message *Message) {
	select { // nothing
	case messages <- message:
		message = nil
	default:
	}
	if message != nil {
		message.Free()
	}
	for numbers := range lists {
		if wanted {
			select { // nothing
			case history <- numbers:
				continue
			default:
			}
		}
		log.Println("unknown", numbers)
	}
	select { // nothing
	case jobs <- message:
		return
	default:
	}
	// There was no room.
	lost.Do(func() { log.Println("full") })
}

func (c *Consumer) report(err error) {
	select { // want low: drops silently when full
	case c.errors <- err:
	default:
	}
	select { // bounded: log.Println
	case c.errors <- err:
	default:
		log.Println(err)
	}
	select { // nothing
	case c.done <- err:
	default:
	}
}

func (s *sender) acknowledged(pubAck *Packet) {
	select { // nothing
	case s.waiting <- pubAck:
	default:
	}
}

func (s *sender) askAgain(peer string) {
	select { // nothing
	case s.redoCh <- peer:
	default:
	}
}
