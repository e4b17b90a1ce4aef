# The driver of the store; it ships no types. Same face as its dbapi2.
from sqlcipher3.dbapi2 import *
