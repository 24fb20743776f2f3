"""How fast the program is on this machine, as ratios against bare counterparts that run beside it."""
