package pump

import "container/list"

func relay(blocks <-chan *Block, out chan<- *Block, done <-chan struct{}) {
	var behind []*Block
	for {
		var next chan<- *Block
		var first *Block
		if len(behind) > 0 {
			next, first = out, behind[0]
		}
		select {
		case block := <-blocks:
			behind = append(behind, block) // want medium: queue grows per value
		case next <- first:
			behind = behind[1:]
		case <-done:
			return
		}
	}
}

func relayList(blocks <-chan *Block, sent <-chan bool, out chan<- *Block) {
	behind := list.New()
	for {
		select {
		case block := <-blocks:
			behind.PushBack(block) // want medium: queue grows per value
		case <-sent:
			out <- behind.Remove(behind.Front()).(*Block)
		}
	}
}

func relayFew(blocks <-chan *Block, sent <-chan bool, out chan<- *Block) {
	behind := list.New()
	for {
		select {
		case block := <-blocks:
			if behind.Len() > 1000 {
				continue
			}
			behind.PushBack(block) // bounded: behind.Len() > 1000
		case <-sent:
			out <- behind.Remove(behind.Front()).(*Block)
		}
	}
}

func relayInTurn(blocks <-chan *Block, out chan<- *Block) {
	var behind []*Block
	for {
		if len(behind) == 0 {
			behind = append(behind, <-blocks) // bounded: len(behind) == 0
		}
		select {
		case block := <-blocks:
			behind = append(behind, block) // want medium: queue grows per value
		case out <- behind[0]:
			behind = behind[1:]
		}
	}
}
