package main

const spool = "C:/spool"
