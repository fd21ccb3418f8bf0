package main

const spool = "/var/spool"
