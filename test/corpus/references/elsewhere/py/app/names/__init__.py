from .stock import STOCK
from ..topics import *
