/*
 * image-test - the SD card's image in QEMU: a real kernel, the real KMS, libnfc on a serial line,
 * gpiochip, USB and systemd. scripts/test-image.sh makes the card and starts it.
 */
#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/guest.h"
#include "tests/image/steps.h"
#include "tests/support/options.h"

static const char usage[] =
    "usage: image-test --card FILE --kernel FILE --initrd FILE --pi3 FILE --folder DIR\n"
    "                  [--whole] [--only TEXT] [--seed N]\n"
    "\n"
    "Starts a computer from the card and stands in front of it, then a Raspberry Pi 3 from the "
    "card\n"
    "that is its own. Both cards are written to. What helps to find out why something failed is "
    "left\n"
    "in the folder: pictures, what the serial lines said.\n"
    "\n"
    "  --whole      and every bad stick, an update that is refused or goes back, more figures\n"
    "  --only TEXT  only the steps whose name has this in it, and those that others need;\n"
    "               pi3: the Raspberry Pi alone\n"
    "  --seed N     for what happens by chance; it is printed\n";

static const struct step steps[] = {
    {"switched on", chapter_switched_on, STEP_FATAL},
    {"ready for a tap", chapter_ready, STEP_FATAL},
    {"what lay on the card was taken", chapter_card_taken, STEP_USUAL},
    {"the data partition took the rest of the card", chapter_card_grown, STEP_USUAL},
    {"the root cannot be written, the log is small", chapter_root_closed, STEP_USUAL},
    {"no login, no ssh, no second console", chapter_nobody_else, STEP_USUAL},
    {"the units are closed as they say", chapter_sandboxed, STEP_USUAL},
    {"a mistake on the card is told, then: tap here", chapter_resting_picture, STEP_USUAL},
    {"a tap: on disk, greeted, green", chapter_tap, STEP_USUAL},
    {"a finger", chapter_finger, STEP_USUAL},
    {"the button beside the door", chapter_button, STEP_USUAL},
    {"a stick pulled out in the middle", chapter_stick_pulled, STEP_USUAL},
    {"the same stick again: the register is out", chapter_stick_out, STEP_USUAL},
    {"its files, read here", chapter_stick_read, STEP_USUAL},
    {"bad stick: full, told, its older export whole", chapter_stick_full, STEP_LONG},
    {"bad stick: write-protected, told, untouched", chapter_stick_protected, STEP_LONG},
    {"bad stick: pulled out at any moment", chapter_sticks_pulled, STEP_LONG},
    {"bad sticks: blank, empty, foreign, cut off", chapter_sticks_unusable, STEP_LONG},
    {"bad sticks: fuzzed, it stays up, taps go on", chapter_sticks_fuzzed, STEP_LONG},
    {"the station killed", chapter_station_killed, STEP_USUAL},
    {"the reader's process killed", chapter_reader_killed, STEP_USUAL},
    {"the main loop stopped: the watchdog", chapter_station_stopped, STEP_USUAL},
    {"a keyboard plugged in, 2000 keys and gestures", chapter_keys, STEP_USUAL},
    {"P9, P10: from exec", chapter_starts, STEP_LONG},
    {"P1, P8: taps on KMS", chapter_drawing, STEP_LONG},
    {"P7: nothing happens", chapter_idle, STEP_LONG},
    {"an update that is nobody's is refused", chapter_update_refused, STEP_LONG},
    {"an update from a stick", chapter_update_installed, STEP_USUAL},
    {"an update that does not come up goes back", chapter_update_returned, STEP_LONG},
    {"three power cuts in the middle of taps", chapter_power_cuts, STEP_USUAL},
    {"the update is still there", chapter_update_stays, STEP_USUAL},
    {"the data partition in ruins: mended", chapter_card_mended, STEP_LONG},
    {"the data partition gone: said", chapter_card_lost, STEP_LONG},
    {"pi3: switched on, from its boot partition", chapter_pi3_on, STEP_FATAL},
    {"pi3: ready for a tap", chapter_pi3_ready, STEP_FATAL},
    {"pi3: the same card in there", chapter_pi3_looks, STEP_USUAL},
    {"pi3: a tap, answered by its own pins", chapter_pi3_tap, STEP_USUAL},
    {"pi3: the visit on the card, read here", chapter_pi3_kept, STEP_USUAL},
};

#define STEPS ((int)(sizeof steps / sizeof steps[0]))
#define OF_PI3 "pi3"

static bool is_of_pi3(const char *name)
{
    return strncmp(name, OF_PI3, strlen(OF_PI3)) == 0;
}

/* The Raspberry Pi is a story of its own: at the end of the whole one, or alone. */
static struct steps choose(const char *only)
{
    int of_station = 0;
    while (of_station < STEPS && !is_of_pi3(steps[of_station].name))
        of_station++;
    if (only && is_of_pi3(only))
        return (struct steps){.rows = &steps[of_station], .count = STEPS - of_station};
    return (struct steps){.rows = steps, .count = only ? of_station : STEPS, .only = only};
}

static void leave(void *context, const char *step)
{
    struct door *door = context;
    struct reason ignored;
    char text[64];
    if (door->pi3->guest)
        guest_leave(door->pi3->guest, step);
    if (!door->guest)
        return;
    guest_leave(door->guest, step);
    (void)!door_ask(door, "journalctl -b -o short-monotonic -n 60 --no-pager", text, sizeof text,
                    &ignored);
}

int main(int argc, char **argv)
{
    const char *card = NULL, *kernel = NULL, *initrd = NULL, *folder = NULL, *only = NULL;
    const char *pi3_card = NULL;
    uint64_t seed = random_seed();
    bool is_whole = false;
    int code;
    const struct option_row options[] = {
        {.name = "card", .text = &card},
        {.name = "kernel", .text = &kernel},
        {.name = "initrd", .text = &initrd},
        {.name = "pi3", .text = &pi3_card},
        {.name = "folder", .text = &folder},
        {.name = "whole", .is_set = &is_whole},
        {.name = "only", .text = &only},
        {.name = "seed", .seed = &seed},
        {.name = NULL},
    };
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    if (!card || !kernel || !initrd || !pi3_card || !folder || !guest_is_possible()) {
        fputs(guest_is_possible() ? usage : "image-test: there is no qemu-system-aarch64\n",
              stderr);
        return 2;
    }
    if (strlen(folder) > DOOR_PATH_MAX) {
        fprintf(stderr, "image-test: the folder's path is over %d bytes long\n", DOOR_PATH_MAX);
        return 2;
    }
    struct door pi3 = {.folder = folder, .card = pi3_card};
    struct door door = {
        .folder = folder, .card = card, .kernel = kernel, .initrd = initrd, .pi3 = &pi3};
    random_init(&door.random, seed);
    printf("  seed %llu\n", (unsigned long long)seed);
    struct steps chosen = choose(only);
    chosen.context = &door;
    chosen.failed = leave;
    chosen.is_short = !is_whole && !only;
    code = steps_run(&chosen);
    door_cut(&door);
    door_cut(&pi3);
    return code;
}
