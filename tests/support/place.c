#include "tests/support/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/store/lookup.h"
#include "tests/support/build.h"
#include "tests/support/demo.h"
#include "tests/support/house.h"
#include "tests/support/player.h"

#define STEPS 400

static void run(const char *format, const char *a, const char *b)
{
    char command[256];
    snprintf(command, sizeof command, format, a, b);
    house_expect(system(command) == 0, "%s failed", command);
}

static void make_folder(char *out_path, size_t size)
{
    snprintf(out_path, size, "/tmp/perron-asks-XXXXXX");
    house_expect(mkdtemp(out_path) != NULL, "%s cannot be made", out_path);
}

int place_make(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    house_expect(place != NULL, "there is no memory");
    make_folder(place->made, sizeof place->made);
    house_expect(!demo_make(place->made, &place->reason), "%s", place->reason.text);
    *state = place;
    return 0;
}

int place_remove(void **state)
{
    struct place *place = *state;
    run("rm -rf %s%s", place->made, "");
    free(place);
    return 0;
}

int place_copy(void **state)
{
    struct place *place = *state;
    make_folder(place->data, sizeof place->data);
    run("cp -a %s/. %s", place->made, place->data);
    return 0;
}

int place_remove_copy(void **state)
{
    run("rm -rf %s%s", ((struct place *)*state)->data, "");
    return 0;
}

/* --- stories --- */

enum rc place_play(struct place *place, const char *begin, const char *steps)
{
    char path[64];
    const struct player_config config = {
        .data = place->data, .people = DEMO_PEOPLE, .board = "board/desktop.conf"};
    snprintf(path, sizeof path, "%s/asks.flow", place->data);
    FILE *file = fopen(path, "w");
    house_expect(file != NULL, "%s cannot be written", path);
    fprintf(file, "%s%s", begin, steps);
    fclose(file);
    return player_play(&config, path, &place->reason);
}

void place_expect(struct place *place, const char *begin, const char *steps)
{
    house_expect(!place_play(place, begin, steps), "%s", place->reason.text);
}

/* --- the register --- */

struct place_register place_open(struct place *place)
{
    struct place_register opened;
    const struct journal_rules rules = {240, "Europe/Brussels"};
    enum rc rc = clock_open_simulated(PLACE_NOON_MS, CLOCK_SYNCED, 77, &opened.clock);
    if (!rc) {
        clock_read(opened.clock, &opened.now);
        rc = folder_open(place->data, FOLDER_WRITE, &opened.folder, &place->reason);
    }
    if (!rc)
        rc = folder_open_journal(opened.folder, &rules, &opened.now, &opened.journal,
                                 &place->reason);
    house_expect(!rc, "%s", place->reason.text);
    return opened;
}

void place_close(struct place_register *opened)
{
    journal_close(opened->journal);
    folder_close(opened->folder);
    clock_close(opened->clock);
}

struct fact_id place_find(struct place *place, const char *number)
{
    struct person person;
    struct place_register opened = place_open(place);
    enum rc rc = lookup_number(journal_db(opened.journal), number, &person);
    place_close(&opened);
    house_expect(!rc, "nobody has the number %s", number);
    return person.id;
}

/* --- a station --- */

struct place_served place_serve(struct place *place, const char *stick)
{
    static struct board board;
    static char locale_dir[512], address[80], boot[64], key[64];
    struct place_served served;
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build_folder());
    snprintf(address, sizeof address, "sim:%s", stick ? stick : "");
    bool is_ready = !clock_open_simulated(PLACE_NOON_MS, CLOCK_SYNCED, 78, &served.clock) &&
                    !trace_open(-1, &served.trace) &&
                    !board_read("board/desktop.conf", &board, &place->reason);
    house_expect(is_ready, "%s", place->reason.text);
    snprintf(boot, sizeof boot, "%s/boot", place->data);
    snprintf(key, sizeof key, "%s/update.pub", place->data);
    const struct station_config config = {.data = place->data,
                                          .boot = access(boot, F_OK) ? NULL : boot,
                                          .update_key = key,
                                          .update_run = place->data,
                                          .reader = "sim",
                                          .stick = stick ? address : NULL,
                                          .locale_dir = locale_dir,
                                          .board = &board,
                                          .is_headless = true,
                                          .clock = served.clock,
                                          .trace = served.trace};
    house_expect(!station_open(&config, &served.station, &place->reason), "%s", place->reason.text);
    return served;
}

void place_close_served(struct place_served *served)
{
    station_close(served->station);
    trace_close(served->trace);
    clock_close(served->clock);
}

void place_ask(struct place_served *served, struct ask ask, struct fact_id by)
{
    ask.by = by;
    asks_take(served->station, &ask);
    for (int i = 0; i < STEPS; i++) {
        house_expect(!station_step(served->station, 5), "the station gave up");
        if (station_is_idle(served->station))
            break;
    }
}

bool place_has_line(struct place_served *served, const char *line)
{
    char *text = trace_text(served->trace);
    bool is_there = strstr(text, line) != NULL;
    free(text);
    return is_there;
}
