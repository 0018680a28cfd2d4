/*
 * The life of the steps of a chain: asked, voted, verified, decided, committed, published; killed and resumed.
 *
 * What stands for what, the bounds, and how to run it: README.md beside this file.
 * Bounds are macros (spin -DK=3 -DCRASHES=2 ...); so are the seeded bugs (-DBUG_...), which must be found.
 */

#ifndef K
#define K 2             /* votes by which a leader must be ahead */
#endif
#ifndef FIRST
#define FIRST K         /* samples of the first Ask */
#endif
#ifndef MOST
#define MOST (K + 2)    /* samples that a step may ask in all; at most 8 */
#endif
#ifndef STEPS
#define STEPS 2         /* steps of the chain; at most 2 */
#endif
#ifndef CRASHES
#define CRASHES 2       /* how often the process is killed */
#endif
#ifndef AGAIN
#define AGAIN 1         /* answers that come a second time, of all steps and lives */
#endif
#ifndef KEEP
#define KEEP 0          /* 1: answers are kept by request key outside the ledger, and given again */
#endif
#ifndef WINDOW
#define WINDOW 99       /* events after which the window must be committed */
#endif
#ifndef SORT
#define SORT 0          /* 1: votes that nothing else stands between are kept in the order of their numbers */
#endif
#ifndef FORGET
#define FORGET 0        /* 1: a decision that is durable and told stands for the events that led to it */
#endif

#define ROOM (MOST + AGAIN)                         /* slots; those past MOST are for a bug only */
#define LENGTH (STEPS * (2 * MOST - FIRST + 3) + AGAIN)   /* the longest ledger */

/* What became of a sample, what is decided, what was told. */
#define OPEN 0
#define RIGHT 1
#define WRONG 2
#define NOTHING 3       /* of a sample: red-flagged or failed, no vote */
#define UNDECIDED 3     /* of a step */

/* Commands of a Case. */
#define IDLE 0
#define ASK 1
#define VERIFY 2

/* Events: kind, step, sample, value in a byte. */
#define ASKED 0
#define VOTED 1
#define VERIFIED 2
#define DECIDED 3
#define event(kind, step, sample, value) ((kind) * 64 + (step) * 32 + (sample) * 4 + (value))
#define kind_of(e) ((e) / 64)
#define step_of(e) (((e) / 32) % 2)
#define sample_of(e) (((e) / 4) % 8)
#define value_of(e) ((e) % 4)

/* What outlives the process: the ledger's first `durable` events, kept answers, what the world was told. */
byte ledger[LENGTH];
byte durable;
byte told[STEPS];
byte crashes;
byte again;
#if KEEP
byte kept[STEPS * MOST];
byte lost[STEPS];       /* ghost: who led a step whose events the last crash took */
#endif

/* What dies with it: the open window of the ledger, the scheduler, the Case of the step at work. */
byte length;
byte published;
bool up;
byte step;
byte decided[STEPS];
byte command;
bool flying;
byte size;
byte slot[ROOM];
byte leader;

#ifdef BUDGET
#ifndef BLOCK
#define BLOCK 3
#endif
byte reserved;          /* durable */
byte paid;              /* ghost: calls made in all lives */
byte ceiling;
byte spent;             /* with what is in flight */
byte unreserved;        /* reserved in the open window */
bool refused;
#endif

#ifdef SOMETIMES
/* Ghosts of rare things; the claims at the end say that they never happen, and each must be violated. */
bool saw_again, saw_late, saw_lost_window, saw_lost_decision, saw_both_crashes, saw_untold, saw_hole, saw_other,
     saw_undecided, saw_refused, saw_kept, saw_second_batch, saw_provisional;
byte provisional[STEPS];
#define sometimes(what) what = true
#else
#define sometimes(what) skip
#endif

/* Scratch of one indivisible step. */
hidden byte was_step, was_flying, was_command, was_size, was_leader, was_slot[ROOM], was_decided[STEPS];
hidden byte i, j, rights, wrongs, missing, at, seen, cast, who;
hidden byte begun, excused;

#ifdef BUDGET
#define MUST_COMMIT (unreserved > 0 || length - durable >= WINDOW)
#else
#define MUST_COMMIT (length - durable >= WINDOW)
#endif
#ifdef BUDGET
#define PAUSED refused
#else
#define PAUSED false
#endif
#define TELLING (published < durable)               /* between the commit and the observer: nothing else runs */
#ifdef BUDGET
#define UNSAVED (durable < length || unreserved > 0)
#else
#define UNSAVED (durable < length)
#endif
#define ALL_DECIDED (step == STEPS)
#define OVER (ALL_DECIDED && !UNSAVED && !TELLING)

/* With ONLY_TOLD nothing counts but what the world was told: for bugs that would be found by their first symptom. */
#ifdef ONLY_TOLD
#define TRUST
#define expect(what) skip
#else
#define expect(what) assert(what)
#endif

/* ledger.append: into the open window */
inline note(e) {
    assert(length < LENGTH);
    ledger[length] = e;
    length++
}

/* Votes from that place on, in the order of their numbers where nothing else stands between; equals keep theirs. */
inline arrange(from) {
#if SORT
    for (i : from + 1 .. length - 1) {
        cast = ledger[i];
        j = i;
        do
        :: j > from && kind_of(cast) == VOTED && kind_of(ledger[j - 1]) == VOTED && ledger[j - 1] / 4 > cast / 4 ->
            ledger[j] = ledger[j - 1];
            j--
        :: else -> break
        od;
        ledger[j] = cast
    };
    cast = 0
#else
    skip
#endif
}

/* Ballot.standing: of the samples that have no open one before them */
inline stand() {
    rights = 0; wrongs = 0; i = 0;
    do
    :: i < size && slot[i] == RIGHT -> rights++; i++
    :: i < size && slot[i] == WRONG -> wrongs++; i++
    :: i < size && slot[i] == NOTHING -> i++
#ifdef BUG_ARRIVAL_ORDER
    :: i < size && slot[i] == OPEN -> i++
#endif
    :: else -> break
    od
}

/* Scheduler._open, Case.open, and what an undecided step does to those that need it */
inline open_next(live) {
    do
    :: step < STEPS && step > 0 && decided[step - (step > 0)] == UNDECIDED ->
        decided[step] = UNDECIDED;
        if
        :: live -> note(event(DECIDED, step, 0, UNDECIDED))
        :: else
        fi;
        step++
    :: else -> break
    od;
    for (i : 0 .. ROOM - 1) { slot[i] = OPEN }
    leader = OPEN;
    flying = false;
    if
    :: step < STEPS -> size = FIRST; command = ASK
    :: else -> size = 0; command = IDLE
    fi
}

/* Scheduler._close */
inline decide(what, live) {
    assert(step < STEPS && decided[step] == OPEN);      /* at most one decision a step */
    decided[step] = what;
    if
    :: live ->
        note(event(DECIDED, step, 0, what));
#ifdef SOMETIMES
        saw_other = saw_other || (provisional[step] != OPEN && provisional[step] != what);
#endif
#ifdef BUG_EARLY_PUBLISH
        ; assert(told[step] == OPEN || told[step] == what);
        told[step] = what
#endif
    :: else
    fi;
    step++;
    open_next(live)
}

/* Case._count: who is ahead by k is verified; else the deficit is asked for, or it is too much */
inline count(live) {
    stand();
    missing = (rights > wrongs -> K - (rights - wrongs) : K - (wrongs - rights));
    if
    :: rights >= wrongs + K || wrongs >= rights + K ->
        leader = (rights > wrongs -> RIGHT : WRONG);
        command = VERIFY;
#if KEEP
        assert(lost[step] == OPEN || lost[step] == leader);     /* resumed, it comes out as uninterrupted */
#endif
#ifdef BUG_EAGER_START
        decided[step] = leader;
        step++;
        open_next(live)
#endif
    :: else ->
        if
        :: size + missing <= MOST ->
            size = size + missing;
            flying = false;
            command = ASK;
            sometimes(saw_second_batch)
        :: else -> sometimes(saw_undecided); decide(UNDECIDED, live)
        fi
    fi
}

/* Case.voted */
inline on_voted(s, n, key, live) {
    if
    :: s != step -> sometimes(saw_late)                 /* its Case is closed */
    :: s == step && command == ASK && n < size && slot[n] == OPEN ->
        slot[n] = key;
#ifdef BUG_ARRIVAL_ORDER
        stand();
        if
        :: rights >= wrongs + K || wrongs >= rights + K -> j = size
        :: else -> for (j : 0 .. size - 1) { if :: slot[j] == OPEN -> break :: else fi }
        fi;
#else
        for (j : 0 .. size - 1) { if :: slot[j] == OPEN -> break :: else fi }
#endif
        if
        :: j >= size -> count(live)
        :: else
        fi
    :: else ->
        sometimes(saw_again);
#ifdef BUG_NO_DEDUPE
        if
        :: command == ASK && size < ROOM ->
            slot[size] = key;
            size++
        :: else
        fi
#endif
    fi
}

/* Case.verified */
inline on_verified(s, accepted, live) {
    if
    :: s == step && command == VERIFY ->
        if
        :: accepted -> decide(leader, live)
        :: else -> sometimes(saw_refused); decide(UNDECIDED, live)
        fi
    :: else
    fi
}

/*
 * What an auditor who reads nothing but the durable ledger says of the decision at `at`: distinct samples, heard
 * behind the decision of the step before, margin at least K, no sample below open; without a winner for a reason.
 */
inline audit() {
    assert(at < durable && kind_of(ledger[at]) == DECIDED);
    who = step_of(ledger[at]);
    rights = 0; wrongs = 0; seen = 0; cast = 0;
    begun = (who == 0);
    excused = false;
    i = 0;
    do
    :: i < at ->
        if
        :: kind_of(ledger[i]) == DECIDED ->
            assert(step_of(ledger[i]) != who);          /* one decision a step */
            begun = true;                               /* its input is decided */
            excused = (value_of(ledger[i]) == UNDECIDED)
        :: kind_of(ledger[i]) == VERIFIED && step_of(ledger[i]) == who ->
            excused = (value_of(ledger[i]) == WRONG)
        :: kind_of(ledger[i]) == ASKED && step_of(ledger[i]) == who ->
            assert(begun)
        :: kind_of(ledger[i]) == VOTED && step_of(ledger[i]) == who ->
            assert(begun);
            if
            :: (seen >> sample_of(ledger[i])) & 1
            :: else ->
                seen = seen | (1 << sample_of(ledger[i]));
                rights = rights + (value_of(ledger[i]) == RIGHT);
                wrongs = wrongs + (value_of(ledger[i]) == WRONG);
                cast++
            fi
        :: else
        fi;
        i++
    :: else -> break
    od;
    assert(begun && (seen & (seen + 1)) == 0);
    if
    :: value_of(ledger[at]) == RIGHT -> assert(rights >= wrongs + K && !excused)
    :: value_of(ledger[at]) == WRONG -> assert(wrongs >= rights + K && !excused)
    :: else ->
        assert(excused || (rights >= wrongs && cast + K > MOST + rights - wrongs) ||
            (wrongs >= rights && cast + K > MOST + wrongs - rights))
    fi;
    assert(told[who] == OPEN || told[who] == value_of(ledger[at]))  /* what was told is never told otherwise */
}

/* Every decision of the durable ledger, and nothing else was told. */
inline audit_all() {
    seen = 0; at = 0; missing = 0;
    do
    :: at < durable ->
        if
        :: kind_of(ledger[at]) == DECIDED ->
#if FORGET
            if :: at > step_of(ledger[at]) -> audit() :: else fi;
#else
            audit();
#endif
            missing = missing | (1 << step_of(ledger[at]))
        :: else
        fi;
        at++
    :: else -> break
    od;
#ifndef ONLY_TOLD
    for (i : 0 .. STEPS - 1) { assert(told[i] == OPEN || ((missing >> i) & 1)) }
#endif
}

/* With all durable, decisions stand for the events of their steps; what comes of them was just audited. */
inline forget() {
#if FORGET
    for (j : 0 .. STEPS - 1) {
        at = 0;
        do
        :: at < durable && kind_of(ledger[at]) == DECIDED && step_of(ledger[at]) == j -> break
        :: at < durable && !(kind_of(ledger[at]) == DECIDED && step_of(ledger[at]) == j) -> at++
        :: at >= durable -> break
        od;
        if
        :: at < durable ->
            ledger[j] = ledger[at];
            cast = j + 1;
            for (i : cast .. length - 1) {
                if
                :: i > at && step_of(ledger[i]) != j -> ledger[cast] = ledger[i]; cast++
                :: else
                fi
            };
            for (i : cast .. LENGTH - 1) { ledger[i] = 0 };
            length = cast; durable = cast; published = cast
        :: else
        fi
    };
    i = 0
#else
    skip
#endif
}

/* Replay.read: the durable ledger through a fresh scheduler, which must come to the same decisions. */
inline replay() {
    step = 0;
    for (i : 0 .. STEPS - 1) { decided[i] = OPEN };
    open_next(false);
    at = 0;
    do
    :: at < durable ->
        if
        :: kind_of(ledger[at]) == VOTED ->
            on_voted(step_of(ledger[at]), sample_of(ledger[at]), value_of(ledger[at]), false)
        :: kind_of(ledger[at]) == VERIFIED ->
            on_verified(step_of(ledger[at]), value_of(ledger[at]) == RIGHT, false)
        :: kind_of(ledger[at]) == DECIDED ->
#if FORGET
            if
            :: step == step_of(ledger[at]) && at == step -> decide(value_of(ledger[at]), false)
            :: else
            fi;
#endif
            assert(step > step_of(ledger[at]) && decided[step_of(ledger[at])] == value_of(ledger[at]))
        :: else
        fi;
        at++
    :: else -> break
    od;
    /* nothing is decided that the ledger does not tell of: cause and decision are of one window */
    cast = 0;
    for (i : 0 .. length - 1) { cast = cast + (kind_of(ledger[i]) == DECIDED) };
    assert(cast == step)
#ifdef BUG_ASK_ALL
    ; for (i : 0 .. ROOM - 1) { slot[i] = OPEN }
#endif
}

/* Replayed now, the durable ledger must lead to where the scheduler is. So nothing is lost by SORT and FORGET. */
inline compare_replay() {
#if (SORT || FORGET) && !defined(TRUST)
    was_step = step; was_command = command; was_size = size; was_leader = leader; was_flying = flying;
    for (i : 0 .. ROOM - 1) { was_slot[i] = slot[i] };
    for (i : 0 .. STEPS - 1) { was_decided[i] = decided[i] };
    replay();
    assert(step == was_step && command == was_command && size == was_size && leader == was_leader);
    for (i : 0 .. ROOM - 1) { assert(slot[i] == was_slot[i]) };
    for (i : 0 .. STEPS - 1) { assert(decided[i] == was_decided[i]) };
    flying = was_flying
#else
    skip
#endif
}

/* What an Ask must be for: every sample that no event of this ledger answers, and no other one. */
inline check_ask() {
    seen = 0; begun = (step == 0);
    for (i : 0 .. length - 1) {
        if
        :: kind_of(ledger[i]) == VOTED && step_of(ledger[i]) == step ->
            seen = seen | (1 << sample_of(ledger[i]))
        :: kind_of(ledger[i]) == DECIDED && step_of(ledger[i]) + 1 == step ->
            begun = true;
#ifdef SOMETIMES
            saw_provisional = saw_provisional || i >= durable
#endif
        :: else
        fi
    };
    expect(begun);                                      /* no step starts before its input is decided */
    cast = 0;
    for (i : 0 .. size - 1) {
        expect((slot[i] == OPEN) == !((seen >> i) & 1));
        cast = cast + (slot[i] == OPEN)
    };
    expect(cast > 0 && (seen >> size) == 0)
}

/* The crew keeps what it receives before the runner hears of it: the ledger's loss is not theirs. */
inline keep_answers() {
#if KEEP
    for (i : durable .. length - 1) {
        if
        :: kind_of(ledger[i]) == VOTED && kept[step_of(ledger[i]) * MOST + sample_of(ledger[i])] == OPEN ->
            kept[step_of(ledger[i]) * MOST + sample_of(ledger[i])] = value_of(ledger[i])
        :: else
        fi
    };
    for (i : 0 .. STEPS - 1) {
        if
        :: i == step && command == VERIFY -> lost[i] = leader
        :: i < step && decided[i] != UNDECIDED -> lost[i] = decided[i]
        :: else
        fi
    }
#else
    skip
#endif
}

/* What the ledger has nobody asks for again, so it need not be kept. */
inline drop_kept() {
#if KEEP
    for (i : 0 .. length - 1) {
        if
        :: kind_of(ledger[i]) == VOTED -> kept[step_of(ledger[i]) * MOST + sample_of(ledger[i])] = OPEN
        :: kind_of(ledger[i]) == DECIDED ->
            lost[step_of(ledger[i])] = OPEN;
            for (j : 0 .. MOST - 1) { kept[step_of(ledger[i]) * MOST + j] = OPEN }
        :: else
        fi
    }
#else
    skip
#endif
}

/* Asked, with the last of its samples; asked again it stands in the ledger already. */
inline note_asked() {
    at = 0;
    do
    :: at < length && ledger[at] == event(ASKED, step, size - 1, 0) -> break
    :: at < length && ledger[at] != event(ASKED, step, size - 1, 0) -> at++
    :: at >= length -> note(event(ASKED, step, size - 1, 0)); break
    od
}

/* The runner: one event loop, so each of its moves is indivisible but for a kill. */
active proctype runner() {
    do
    /* _resume */
    :: d_step { !up ->
        length = durable;
        published = durable;
        audit_all();
        replay();
#ifdef SOMETIMES
        for (i : 1 .. ROOM - 1) { saw_hole = saw_hole || (slot[i] != OPEN && slot[i - 1] == OPEN) };
#endif
        forget();
        compare_replay();
#ifdef BUDGET
        ceiling = reserved;     /* a block that was open at a kill counts as spent */
        spent = reserved;
#endif
        up = true
    }
    /* _pump, _admit, _launch: all that is missing of the Ask is put to the model */
    :: atomic { up && !TELLING && !MUST_COMMIT && command == ASK && !flying && !PAUSED ->
        d_step {
            check_ask();
#ifdef BUDGET
            if
            :: spent + cast > BUDGET -> refused = true
            :: spent + cast <= BUDGET && spent + cast > ceiling ->
                missing = spent + cast - ceiling;
                missing = (missing < BLOCK -> BLOCK : missing);
                missing = (ceiling + missing > BUDGET -> BUDGET - ceiling : missing);
                ceiling = ceiling + missing;
                unreserved = missing
#ifdef BUG_UNRESERVED
                ; spent = spent + cast; paid = paid + cast;
                assert(paid <= BUDGET);
                note_asked();
                flying = true
#endif
            :: else ->
                spent = spent + cast;
                paid = paid + cast;
                assert(paid <= reserved && reserved <= BUDGET);
                note_asked();
                flying = true
            fi
#else
            note_asked();
            flying = true
#endif
        } }
    /* _commit: the window is over, or full, or a block of the budget must be durable */
    :: d_step { up && !TELLING && UNSAVED ->
            durable = length;
            arrange(0);
            compare_replay();
            drop_kept();
#ifdef BUDGET
            reserved = reserved + unreserved;
            unreserved = 0;
#endif
            i = 0
        }
    /* the observer, behind the commit */
    :: d_step { up && TELLING ->
            for (at : published .. durable - 1) {
                if
                :: kind_of(ledger[at]) == DECIDED ->
                    audit();
                    told[step_of(ledger[at])] = value_of(ledger[at])
                :: else
                fi
            };
            published = durable;
            forget();
            compare_replay()
        }
    /* RunClosed: all is decided, or what is left cannot be paid for */
    :: up && (OVER || (PAUSED && !flying && !UNSAVED && !TELLING)) ->
end_closed:
        !up
    od
}

/* A sample of the open Case for which the condition holds: any of them. There must be one. */
#define has(x, resolved) ((x) < size && (slot[x] != OPEN) == (resolved))
#if MOST > 7
#define TO_SEVEN(resolved) :: has(7, resolved) -> n = 7
#else
#define TO_SEVEN(resolved)
#endif
#if MOST > 6
#define TO_SIX(resolved) :: has(6, resolved) -> n = 6
#else
#define TO_SIX(resolved)
#endif
#if MOST > 5
#define TO_FIVE(resolved) :: has(5, resolved) -> n = 5
#else
#define TO_FIVE(resolved)
#endif
#if MOST > 4
#define TO_FOUR(resolved) :: has(4, resolved) -> n = 4
#else
#define TO_FOUR(resolved)
#endif
#if MOST > 3
#define TO_THREE(resolved) :: has(3, resolved) -> n = 3
#else
#define TO_THREE(resolved)
#endif
#define ANY_SAMPLE(resolved) \
    :: has(0, resolved) -> n = 0 \
    :: has(1, resolved) -> n = 1 \
    :: has(2, resolved) -> n = 2 \
    TO_THREE(resolved) TO_FOUR(resolved) TO_FIVE(resolved) TO_SIX(resolved) TO_SEVEN(resolved)

#if MOST == 3
#define ANSWERED (slot[0] + slot[1] + slot[2] > 0)
#elif MOST == 4
#define ANSWERED (slot[0] + slot[1] + slot[2] + slot[3] > 0)
#elif MOST == 5
#define ANSWERED (slot[0] + slot[1] + slot[2] + slot[3] + slot[4] > 0)
#elif MOST == 6
#define ANSWERED (slot[0] + slot[1] + slot[2] + slot[3] + slot[4] + slot[5] > 0)
#elif MOST == 7
#define ANSWERED (slot[0] + slot[1] + slot[2] + slot[3] + slot[4] + slot[5] + slot[6] > 0)
#else
#define ANSWERED (slot[0] + slot[1] + slot[2] + slot[3] + slot[4] + slot[5] + slot[6] + slot[7] > 0)
#endif
#define RUNNING (up && !TELLING && !MUST_COMMIT)

/* The crew: answers to what is in flight, in any order, what a verification says, and an answer once more. */
active proctype crew() {
    byte n, key;
    bool late;
end_idle:
    do
    :: atomic { RUNNING && command == ASK && flying ->
            if
            ANY_SAMPLE(false)
            fi;
#if KEEP
            if
            :: kept[step * MOST + n] != OPEN -> key = kept[step * MOST + n]; sometimes(saw_kept)
            :: else ->
                if
                :: key = RIGHT
                :: key = WRONG
                :: key = NOTHING
                fi
            fi;
#else
            if
            :: key = RIGHT
            :: key = WRONG
            :: key = NOTHING
            fi;
#endif
            d_step {
                note(event(VOTED, step, n, key));
                arrange(durable);
                on_voted(step, n, key, true);
                n = 0; key = 0
            } }
    :: atomic { RUNNING && command == VERIFY ->
            if
            :: key = RIGHT
            :: leader == WRONG -> key = WRONG
            fi;
            d_step {
                note(event(VERIFIED, step, 0, key));
                on_verified(step, key == RIGHT, true);
                key = 0
            } }
    :: atomic { RUNNING && !OVER && !PAUSED && again < AGAIN && (step > 0 || ANSWERED) ->
            again++;
            if
            ANY_SAMPLE(true)
            :: step > 0 -> late = true
            fi;
            if
            :: key = RIGHT
            :: key = WRONG
            fi;
            d_step {
                note(event(VOTED, step - late, n, key));
                arrange(durable);
                on_voted(step - late, n, key, true);
                n = 0; key = 0; late = false
            } }
    od
}

/* What a kill takes with it, for the claims about rare things. */
inline note_losses() {
#ifdef SOMETIMES
    saw_lost_window = saw_lost_window || durable < length;
    for (i : durable .. length - 1) {
        if
        :: kind_of(ledger[i]) == DECIDED ->
            saw_lost_decision = true;
            provisional[step_of(ledger[i])] = value_of(ledger[i])
        :: else
        fi
    };
    for (i : published .. durable - 1) {
        saw_untold = saw_untold || kind_of(ledger[i]) == DECIDED
    }
#else
    skip
#endif
}

/* kill -9, at any moment: the memory is gone, and the open window with it. */
active proctype killer() {
end_gone:
    do
    :: d_step { up && crashes < CRASHES ->
                crashes++;
                note_losses();
                keep_answers();
                for (i : durable .. length - 1) { ledger[i] = 0 };
                for (i : 0 .. STEPS - 1) { decided[i] = OPEN };
                for (i : 0 .. ROOM - 1) { slot[i] = OPEN };
                length = 0; published = 0; step = 0; command = IDLE; flying = false; size = 0; leader = OPEN;
#ifdef BUDGET
                ceiling = 0; spent = 0; unreserved = 0; refused = false;
#endif
                up = false
            }
    od
}

#ifdef SOMETIMES
ltl never_again { [] !saw_again }
ltl never_late { [] !saw_late }
ltl never_lost_window { [] !saw_lost_window }
ltl never_lost_decision { [] !saw_lost_decision }
ltl never_untold { [] !saw_untold }
ltl never_hole { [] !saw_hole }
ltl never_second_batch { [] !saw_second_batch }
ltl never_provisional { [] !saw_provisional }
ltl never_undecided { [] !saw_undecided }
ltl never_refused { [] !saw_refused }
ltl never_all_crashes { [] !(crashes == CRASHES && up && OVER) }
#if KEEP
ltl never_kept { [] !saw_kept }
#else
ltl never_other { [] !saw_other }
#endif
#ifdef BUDGET
ltl never_paused { [] !refused }
#endif
#endif

#ifdef ENDS
/* However it is killed, in the end every step is decided and all of it is durable and told. */
ltl ends { <> [] (up && OVER) }
#endif
