#include <stdio.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/golden.h"
#include "tests/image/guest_screen.h"

/* What the station says it shows, pixel by pixel beside what the display's controller scans out. */
static enum rc compare_with_canvas(struct door *door, struct reason *said)
{
    char file[DOOR_PATH_MAX + 16];
    struct picture canvas, screen;
    struct shell_answer answer = {0};
    enum rc rc = guest_run(door->guest,
                           "perron screenshot /tmp/canvas.png --data /var/lib/perron >&2 &&"
                           " base64 -w 0 /tmp/canvas.png",
                           DOOR_WAIT_MS, &answer, said);
    if (rc)
        return rc;
    snprintf(file, sizeof file, "%s/canvas.b64", door->folder);
    FILE *out = fopen(file, "w");
    if (!out || fputs(answer.output, out) < 0 || fclose(out))
        rc = RC_IO;
    free(answer.output);
    if (!rc)
        rc = door_host(door, said, "tail -n 1 '%s' | base64 -d >'%s/canvas.png'", file,
                       door->folder);
    snprintf(file, sizeof file, "%s/canvas.png", door->folder);
    if (!rc)
        rc = picture_read(file, &canvas);
    if (rc)
        return rc;
    rc = guest_screen_look(door->guest, &screen, said);
    if (!rc) {
        struct difference difference;
        rc = difference_between(&screen, &canvas, NULL, &difference);
        if (!rc && difference.most > 2)
            rc = RC_REFUSED;
        reason_set(said, "of %ld pixels %ld are another than Perron drew, by %d at most",
                   difference.compared, difference.differing, difference.most);
        picture_close(&screen);
    }
    picture_close(&canvas);
    return rc;
}

enum rc chapter_resting_picture(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = golden_expect(door, "mistakes", DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_touch(door, "back", said);
    if (!rc)
        rc = golden_expect(door, "resting", DOOR_WAIT_MS, said);
    return rc ? rc : compare_with_canvas(door, said);
}

enum rc chapter_tap(void *context, struct reason *said)
{
    struct door *door = context;
    long before = 0, after = 0;
    enum rc rc = door_count_visits(door, 0, &before, said);
    if (!rc)
        rc = door_seen(door, said);
    if (rc)
        return rc;
    int64_t begin_ms = door_now_ms();
    const uint8_t uid[7] = {0x04, 0xA1, 0, 0, 0, 0, 2};
    pn532_sim_tap(door->reader, uid, sizeof uid);
    rc = pl061_wait(guest_pins(door->guest), 1 << DOOR_GREEN, 1 << DOOR_GREEN, DOOR_WAIT_MS, said);
    int64_t green_ms = door_now_ms() - begin_ms;
    pn532_sim_remove(door->reader);
    if (!rc)
        rc = door_expect(door, "answer arrival", DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_expect(door, "present greeting", DOOR_WAIT_MS, said);
    if (!rc)
        rc = golden_expect(door, "greeting", DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_count_visits(door, 0, &after, said);
    if (!rc && after != before + 1) {
        reason_set(said, "%ld visits before, %ld after one tap", before, after);
        rc = RC_REFUSED;
    }
    if (!rc)
        rc = pl061_wait(guest_pins(door->guest), 1 << DOOR_GREEN, 0, DOOR_WAIT_MS, said);
    if (!rc)
        reason_set(said, "green %lld ms after the badge, dark again; one visit more",
                   (long long)green_ms);
    return rc;
}

/* Help opens under a finger, and closes. */
enum rc chapter_finger(void *context, struct reason *said)
{
    struct door *door = context;
    door_sleep_ms(11000); /* the greeting and its strip are over */
    enum rc rc = door_seen(door, said);
    if (!rc)
        rc = door_go(door, "help", "help", said);
    if (!rc)
        rc = golden_expect(door, "help", DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_go(door, "back", "resting", said);
    if (!rc)
        reason_set(said, "help opened, and closed");
    return rc;
}

enum rc chapter_button(void *context, struct reason *said)
{
    struct door *door = context;
    struct pl061 *pins = guest_pins(door->guest);
    enum rc rc = door_seen(door, said);
    if (!rc)
        rc = pl061_drive(pins, DOOR_BUTTON, true, said);
    door_sleep_ms(300);
    if (!rc)
        rc = pl061_drive(pins, DOOR_BUTTON, false, said);
    if (!rc)
        rc = door_expect(door, "call", DOOR_WAIT_MS, said);
    if (!rc)
        rc = pl061_wait(pins, 1 << DOOR_BLUE, 1 << DOOR_BLUE, DOOR_WAIT_MS, said);
    if (!rc)
        reason_set(said, "somebody is called, the blue lamp is on");
    return rc;
}
