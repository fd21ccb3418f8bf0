package main

func main() {
	consume("parcels")
	relay("left")
}
