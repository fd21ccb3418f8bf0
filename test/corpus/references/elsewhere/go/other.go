package main

func other() {
	relay("right")
}
