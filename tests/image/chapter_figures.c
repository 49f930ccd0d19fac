#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"

#define STARTS 2
#define IDLE_S 60

/* Milliseconds from exec to the first line of the trace that has this. */
#define SINCE_EXEC_MS(what)                                                                        \
    "awk -v exec_us=$(systemctl show -P ExecMainStartTimestampMonotonic perron.service)"           \
    " '/ " what "/ {print int(($1 - exec_us) / 1000); exit}' /var/cache/perron/trace"

#define RESIDENT_MIB                                                                               \
    "awk '/^Rss:/ {print int($2 / 1024)}'"                                                         \
    " /proc/$(systemctl show -P MainPID perron.service)/smaps_rollup"

struct start {
    long picture_ms, ready_ms, resident_mib;
};

/* The slowest of so many; `environment` as door_start_station has it. */
static enum rc start_often(struct door *door, const char *environment, int times,
                           struct start *out_worst, struct reason *said)
{
    enum rc rc = RC_OK;
    *out_worst = (struct start){0};
    for (int i = 0; !rc && i < times; i++) {
        struct start start = {0};
        rc = door_start_station(door, environment, said);
        if (!rc)
            rc = door_ask_number(door, SINCE_EXEC_MS("present"), &start.picture_ms, said);
        if (!rc)
            rc = door_ask_number(door, SINCE_EXEC_MS("reader ready"), &start.ready_ms, said);
        if (!rc)
            rc = door_ask_number(door, RESIDENT_MIB, &start.resident_mib, said);
        if (start.ready_ms > out_worst->ready_ms)
            *out_worst = start;
    }
    return rc;
}

/* What the graphics driver has of it is what there is less of without a display. */
enum rc chapter_starts(void *context, struct reason *said)
{
    struct door *door = context;
    struct start with = {0}, without = {0};
    enum rc rc =
        start_often(door, "SDL_VIDEODRIVER=dummy SDL_RENDER_DRIVER=software", 1, &without, said);
    if (!rc)
        rc = start_often(door, "", STARTS, &with, said);
    if (!rc)
        reason_set(said,
                   "first picture %ld ms, ready %ld, %ld MiB; of which the graphics driver %ld, "
                   "%ld, %ld (emulated; a machine: make bench)",
                   with.picture_ms, with.ready_ms, with.resident_mib,
                   with.picture_ms - without.picture_ms, with.ready_ms - without.ready_ms,
                   with.resident_mib - without.resident_mib);
    return rc;
}

enum rc chapter_drawing(void *context, struct reason *said)
{
    struct door *door = context;
    char text[300];
    enum rc rc = door_seen(door, said);
    for (int i = 0; !rc && i < 5; i++) {
        door_badge(door, 40 + i, 700);
        rc = door_expect(door, "answer arrival", DOOR_WAIT_MS, said);
    }
    if (!rc)
        rc = door_ask(
            door,
            "awk '/ badge/ {a=$1} / present greeting/ && a {s=s int(($1-a)/1000) \" \"; a=0}"
            " END {printf \"badge to greeting \" s \"ms\"}' /var/cache/perron/trace",
            text, sizeof text, said);
    if (!rc)
        reason_set(said, "%s", text);
    return rc;
}

enum rc chapter_idle(void *context, struct reason *said)
{
    struct door *door = context;
    char text[300], command[700];
    door_sleep_ms(15000); /* greetings are over */
    snprintf(command, sizeof command,
             "p=$(systemctl show -P MainPID perron.service);"
             " look() { cat /proc/$p/task/*/status | awk '/^voluntary/ {s+=$2} END {printf \"%%d "
             "\", s}';"
             " awk '{print $14+$15}' /proc/$p/stat; };"
             " f() { grep -c present /var/cache/perron/trace; };"
             " set -- $(look) $(f); sleep %d; set -- \"$@\" $(look) $(f);"
             " echo \"$1 $2 $3 $4 $5 $6\" | awk '{printf \"%%.2f %%%% of a core,"
             " %%.1f wake-ups/s, %%d pictures\", ($5-$2)/%d, ($4-$1)/%d, $6-$3}'",
             IDLE_S, IDLE_S, IDLE_S);
    enum rc rc = door_ask(door, command, text, sizeof text, said);
    if (!rc)
        reason_set(said, "%s in %d s (0.2 %%, 15/s on a Pi)", text, IDLE_S);
    return rc;
}
