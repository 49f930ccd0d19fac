#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"

#define STARTS 3
#define IDLE_S 60

/* Milliseconds from exec to the first line of the trace that has this. */
#define SINCE_EXEC_MS(what)                                                                        \
    "awk -v exec_us=$(systemctl show -P ExecMainStartTimestampMonotonic perron.service)"           \
    " '/ " what "/ {print int(($1 - exec_us) / 1000); exit}' /var/cache/perron/trace"

enum rc chapter_starts(void *context, struct reason *said)
{
    struct door *door = context;
    long picture_ms = 0, ready_ms = 0, most_picture_ms = 0, most_ready_ms = 0;
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < STARTS; i++) {
        rc = door_trace(door, said);
        if (!rc)
            rc = door_ask_number(door, SINCE_EXEC_MS("present"), &picture_ms, said);
        if (!rc)
            rc = door_ask_number(door, SINCE_EXEC_MS("reader ready"), &ready_ms, said);
        most_picture_ms = picture_ms > most_picture_ms ? picture_ms : most_picture_ms;
        most_ready_ms = ready_ms > most_ready_ms ? ready_ms : most_ready_ms;
    }
    if (!rc)
        reason_set(said, "first picture %ld ms, ready %ld ms (emulated; a host: bench-station)",
                   most_picture_ms, most_ready_ms);
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
            "p=$(systemctl show -P MainPID perron.service);"
            " awk '/ badge/ {a=$1} / present greeting/ && a {s=s int(($1-a)/1000) \" \"; a=0}"
            " END {printf \"badge to greeting \" s \"ms; \"}' /var/cache/perron/trace;"
            " awk '/^(Rss|Pss|Private_Dirty):/ {printf \"%s %d MiB \", $1, $2/1024}'"
            " /proc/$p/smaps_rollup",
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
