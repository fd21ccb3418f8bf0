import sys

if sys.argv:
    TARGET = "left"
else:
    TARGET = "right"
