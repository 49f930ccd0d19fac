#include "tests/support/boot_start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/desk.h"

struct boot_start boot_start;

int boot_start_set_up(void **state)
{
    loose_stick_make(&boot_start.card);
    return desk_set_up(state);
}

int boot_start_tear_down(void **state)
{
    loose_stick_remove(&boot_start.card);
    return desk_tear_down(state);
}

void boot_start_once(struct house *house)
{
    static struct intake_list list;
    struct clock_reading now = house_now(house);
    struct reason reason = {.text = ""};
    const struct intake_from from = {.root = boot_start.card.root,
                                     .data = house->data,
                                     .welcome = "app/share/venue/welcome",
                                     .now_ms = now.wall_ms};
    memset(&boot_start.news, 0, sizeof boot_start.news);
    bool has_new_venue = boot_files_take_venue(&from, &now, &boot_start.news);
    if (boot_files_look(&from, &list, &boot_start.news.problems, &reason))
        list.count = 0;
    for (int i = 0; i < list.count; i++) {
        struct boot_item item;
        if (has_new_venue && list.found[i].kind == INTAKE_VENUE && !list.found[i].why_not)
            continue;
        boot_item_look(&from, &list.found[i], &item);
        boot_item_read(&item, &from);
        boot_item_take(&item, house->data, house->journal, &now, &boot_start.news);
        boot_item_close(&item);
    }
    house_expect(house_holds(house), "the register does not hold after a start");
}

bool boot_start_is_told(const char *file, int line, const char *words)
{
    for (int i = 0; i < boot_start.news.problems.count; i++) {
        const struct problem *problem = &boot_start.news.problems.rows[i];
        if (strcmp(problem->file, file) == 0 && problem->line == line &&
            strstr(problem->said.text, words))
            return true;
    }
    for (int i = 0; i < boot_start.news.problems.count; i++)
        fprintf(stderr, "%s:%d: %s\n", boot_start.news.problems.rows[i].file,
                boot_start.news.problems.rows[i].line, boot_start.news.problems.rows[i].said.text);
    return false;
}

int64_t boot_start_called(struct house *house, const char *first_name)
{
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM person WHERE first_name='%s'", first_name);
    return house_number(house, sql);
}

bool boot_start_has(const struct house *house, const char *name, const char *words)
{
    char *text = loose_stick_read(house->data, name);
    bool is_there = text && strstr(text, words);
    free(text);
    return is_there;
}

void boot_start_write(const struct house *house, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", house->data, name);
    FILE *file = fopen(path, "w");
    house_expect(file && fputs(text, file) >= 0 && !fclose(file), "%s cannot be written", path);
}
