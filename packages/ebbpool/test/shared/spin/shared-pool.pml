/*
 * A second opinion on the shared pool, written from docs/design/cross-thread.md: owner words with generation and
 * UNHINTED, hints, growth, and a reaper, with a crash possible before every step of every thread.
 *
 * Each thread does OPERATIONS gets and puts and reaps whoever it hears is dead; then, at rest, the monitor looks.
 */
#ifndef THREADS
#define THREADS 2
#endif
#ifndef SLOTS
#define SLOTS 2
#endif
/* Slots at the begin. */
#ifndef INITIAL
#define INITIAL SLOTS
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef OPERATIONS
#define OPERATIONS 2
#endif

#define GENERATIONS 4
#define NOBODY 0
#define NONE 255
#define VACANT 0
#define ALIVE 1
#define DEAD 2

byte generation[SLOTS];
byte owner[SLOTS];
bool unhinted[SLOTS];
bool hint[SLOTS];
byte payload[SLOTS];
byte count = INITIAL;

byte state[THREADS + 1];
bool crashed[THREADS + 1];
bool hears[(THREADS + 1) * (THREADS + 1)];
bool finished[THREADS + 1];
byte crashes;

#define word_is(s, g, o, u) (generation[s] == (g) && owner[s] == (o) && unhinted[s] == (u))
#define next(g) (((g) + 1) % GENERATIONS)

/* Each of these is one compare-and-swap. */
inline swap_claim(s, g) {
	d_step {
		won = word_is(s, g, NOBODY, 0);
		if :: won -> owner[s] = me :: else fi
	}
}
inline swap_free(s, g, u) {
	d_step {
		won = word_is(s, g, me, u);
		if :: won -> owner[s] = NOBODY; unhinted[s] = 0; generation[s] = next(g) :: else fi
	}
}
inline swap_take(s, g, o, u) {
	d_step {
		won = word_is(s, g, o, u);
		if :: won -> owner[s] = me; generation[s] = next(g) :: else fi
	}
}
inline swap_unhint(s, g, o) {
	d_step {
		won = word_is(s, g, o, 0);
		if :: won -> unhinted[s] = 1 :: else fi
	}
}
inline read_word(s) { d_step { g = generation[s]; o = owner[s]; u = unhinted[s] } }

inline set_hint(s) {
	if
	:: hint[s]
	:: !hint[s] -> hint[s] = 1
	fi
}

inline drop_hint(s) {
	read_word(s);
	if
	:: o == NOBODY
	:: else ->
		won = 1;
		if
		:: !u -> swap_unhint(s, g, o)
		:: else
		fi;
		if
		:: won ->
			hint[s] = 0;
#ifndef NO_RECHECK
			u = unhinted[s];
			if
			:: !u -> set_hint(s)
			:: else
			fi
#endif
		:: else
		fi
	fi
}

/* `seen`: which slots this search has seen taken, for I7. */
inline try_claim(s) {
	won = 0;
	read_word(s);
	if
	:: o == NOBODY -> swap_claim(s, g)
	:: else
	fi;
	d_step {
		if
		:: won -> seen = 0
		:: else -> seen = seen | (1 << s)
		fi
	}
}

inline search() {
	held = NONE;
	i = 0;
	do
	:: i < searched && held == NONE ->
		if
		:: hint[i] ->
			try_claim(i);
			if
			:: won -> held = i
			:: else -> drop_hint(i)
			fi
		:: !hint[i]
		fi;
		i++
	:: else -> break
	od;
	i = 0;
	do
	:: i < searched && held == NONE ->
		try_claim(i);
		if
		:: won -> held = i
		:: else
		fi;
		i++
	:: else -> break
	od
}

/* Doubles the slots if there are as many as were searched; then, or else, looks how many there are now. */
inline grow() {
	d_step {
		more = searched * 2;
		if
		:: more > SLOTS -> more = SLOTS
		:: else
		fi;
		won = (count == searched);
		if
		:: won -> count = more
		:: else
		fi
	}
	if
	:: won ->
		i = searched;
		do
		:: i < more -> set_hint(i); i++
		:: else -> break
		od;
		searched = more
	:: else -> searched = count
	fi
}

inline get() {
	seen = 0;
	searched = count;
	do
	:: search();
		if
		:: held != NONE -> break
		:: else ->
#ifdef GROW_ON_NEWER_COUNT
			searched = count;
#endif
			if
			:: searched >= SLOTS ->
				/* I7: what is refused has seen every slot taken. */
				d_step {
					i = 0;
					do
					:: i < count -> assert(seen & (1 << i)); i++
					:: else -> break
					od;
					seen = 0
				}
				break
			:: else -> grow()
			fi
		fi
	od
}

/* Frees slot s, which this thread owns in that generation. */
inline release(s, mine) {
	swap_free(s, mine, 0);
	if
	:: won
	:: else ->
		swap_free(s, mine, 1);
		assert(won); /* I1: nobody else moves the word of a live owner */
		set_hint(s)
	fi
}

inline reclaim(s) {
	read_word(s);
	if
	:: !u -> set_hint(s)
	:: else
	fi;
	if
	:: o == NOBODY || o == me
	:: else ->
		if
		:: state[o] == ALIVE
		:: else ->
			swap_take(s, g, o, 0);
			if
			:: won
			:: else -> swap_take(s, g, o, 1)
			fi;
			if
			:: won ->
				taken = next(g);
#ifdef FREE_BEFORE_ZERO
				release(s, taken);
				payload[s] = 0
#else
				payload[s] = 0;
				release(s, taken)
#endif
			:: else
			fi
		fi
	fi
}

inline reap(t) {
	if
	:: state[t] == ALIVE -> state[t] = DEAD
	:: else
	fi;
	/* Whose entries to give up is decided before the slots are looked at, not after. */
	swept = 0;
	i = 1;
	do
	:: i <= THREADS ->
		if
		:: state[i] == DEAD -> swept = swept | (1 << i)
		:: else
		fi;
		i++
	:: else -> break
	od;
	i = 0;
	do
	:: i < count -> reclaim(i); i++
	:: else -> break
	od;
	i = 1;
	do
	:: i <= THREADS ->
		if
		:: swept & (1 << i) -> state[i] = VACANT
		:: else
		fi;
		i++
	:: else -> break
	od
}

#define hears_of(t) hears[me * (THREADS + 1) + t]

#if THREADS > 2
#define hears_of_any (hears_of(1) || hears_of(2) || hears_of(3))
#else
#define hears_of_any (hears_of(1) || hears_of(2))
#endif

proctype Thread(byte me) {
	byte held = NONE;
	byte done, i, g, o, mine, taken, dead, swept, searched, more, seen;
	bool u, won;
	{
		do
		:: held == NONE && done < OPERATIONS ->
			get();
			if
			:: held != NONE ->
				mine = generation[held];
				assert(owner[held] == me && payload[held] == 0);
				payload[held] = me
			:: else
			fi;
			done++
		:: held != NONE ->
			assert(owner[held] == me && payload[held] == me);
			payload[held] = 0;
			release(held, mine);
			held = NONE
		:: atomic { hears_of(1) -> hears_of(1) = 0; dead = 1 }; reap(dead)
		:: atomic { hears_of(2) -> hears_of(2) = 0; dead = 2 }; reap(dead)
#if THREADS > 2
		:: atomic { hears_of(3) -> hears_of(3) = 0; dead = 3 }; reap(dead)
#endif
		:: atomic { (held == NONE && done == OPERATIONS && !hears_of_any) -> finished[me] = 1 };
			(hears_of_any) /* a death takes `finished` back */
		od
	} unless { crashed[me] }
}

/* Kills threads at any time; each live one hears of it. */
active proctype Killer() {
	byte victim, other;
end:
	do
	:: atomic {
		crashes < CRASHES ->
			select(victim : 1 .. THREADS);
			if
			:: !crashed[victim] ->
				crashed[victim] = 1;
				crashes++;
				finished[victim] = 0;
				other = 1;
				do
				:: other <= THREADS ->
					hears[victim * (THREADS + 1) + other] = 0;
					if
					:: other != victim && !crashed[other] ->
						hears[other * (THREADS + 1) + victim] = 1;
						finished[other] = 0
					:: else
					fi;
					other++
				:: else -> break
				od
			:: else
			fi
	}
	:: crashes == CRASHES -> break
	:: break
	od
}

#define at_rest(t) (crashed[t] || finished[t])

active proctype Monitor() {
	byte s;
end:
	atomic {
#if THREADS > 2
		(at_rest(1) && at_rest(2) && at_rest(3) && (finished[1] || finished[2] || finished[3])) ->
#else
		(at_rest(1) && at_rest(2) && (finished[1] || finished[2])) ->
#endif
		s = 0;
		do
		:: s < count ->
			assert(owner[s] == NOBODY); /* I5: nothing is lost */
			assert(hint[s]); /* I6 */
			assert(payload[s] == 0);
			s++
		:: else -> break
		od;
		s = 1;
		do
		:: s <= THREADS -> assert(!crashed[s] || state[s] == VACANT); s++
		:: else -> break
		od
	}
}

init {
	byte i;
	atomic {
		i = 0;
		do
		:: i < INITIAL -> hint[i] = 1; i++
		:: else -> break
		od;
		i = 1;
		do
		:: i <= THREADS -> state[i] = ALIVE; i++
		:: else -> break
		od;
		i = 1;
		do
		:: i <= THREADS -> run Thread(i); i++
		:: else -> break
		od
	}
}
