/* intake_look.c - what is on a stick, or a card, that could be taken. */
#include "app/intake_i.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/exchange/refused.h"
#include "app/venue_files.h"

#define PER_KIND (INTAKE_FOUND_MAX / INTAKE_KIND_COUNT)

/* --- names --- */

/* How lists are called by who keeps them. */
static const struct {
    const char *begin; /* "": any */
    const char *end;
    enum intake_kind kind;
} names[] = {
    {"people", "", INTAKE_PEOPLE},     {"personnes", "", INTAKE_PEOPLE},
    {"personen", "", INTAKE_PEOPLE},   {"membres", "", INTAKE_PEOPLE},
    {"leden", "", INTAKE_PEOPLE},      {"baskets", "", INTAKE_BASKETS},
    {"paniers", "", INTAKE_BASKETS},   {"manden", "", INTAKE_BASKETS},
    {"calendar", "", INTAKE_CALENDAR}, {"calendrier", "", INTAKE_CALENDAR},
    {"kalender", "", INTAKE_CALENDAR}, {"agenda", "", INTAKE_CALENDAR},
    {"", ".ics", INTAKE_CALENDAR},
};

static const char *const tables[] = {".csv", NULL};
static const char text_end[] = ".txt"; /* what Windows' editor puts behind a name, and hides */
static const char *const sheets[] = {".xlsx", ".xls", ".ods", ".numbers", NULL};

static bool begins(const char *name, const char *begin)
{
    return strncasecmp(name, begin, strlen(begin)) == 0;
}

static bool ends(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcasecmp(name + length - tail, end) == 0;
}

static bool ends_in_one(const char *name, const char *const *ends_of)
{
    for (; *ends_of; ends_of++)
        if (ends(name, *ends_of))
            return true;
    return false;
}

/* The name without what is hidden of it; false: nothing is. */
static bool show_name(const char *name, char *out_name, size_t size)
{
    size_t length = strlen(name) - (ends(name, text_end) ? sizeof text_end - 1 : 0);
    snprintf(out_name, size, "%.*s", (int)length, name);
    return length < size && name[length] != 0;
}

/* INTAKE_KIND_COUNT: it is none. */
static enum intake_kind kind_of(const char *name)
{
    char shown[256];
    if (show_name(name, shown, sizeof shown))
        return kind_of(shown) == INTAKE_VENUE ? INTAKE_KIND_COUNT : kind_of(shown);
    if (strcasecmp(name, INTAKE_VENUE_FOLDER) == 0)
        return INTAKE_VENUE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bool is_it = names[i].end[0] ? ends(name, names[i].end)
                                     : begins(name, names[i].begin) &&
                                           (ends_in_one(name, tables) || ends_in_one(name, sheets));
        if (is_it)
            return names[i].kind;
    }
    return INTAKE_KIND_COUNT;
}

/* --- why it cannot be taken --- */

static const char is_link[] = SAID("This is only a link. Copy the file itself there.");
static const char is_folder[] = SAID("This is a folder and not a list. Put the list itself "
                                     "there.");
static const char is_file[] = SAID("This is a file and not a folder. Put what the venue "
                                   "wrote into a folder of that name.");
static const char is_other[] = SAID("This is no ordinary file. Copy the list there again.");
static const char is_unknown[] = SAID("This cannot be read. Copy it there again.");
static const char is_empty[] = SAID("This file is empty. Save it again, and wait until the "
                                    "computer has written it.");
static const char is_large[] = SAID("This file is larger than any list. Take fewer columns, "
                                    "or fewer years.");
static const char is_sheet[] = SAID("This is a spreadsheet's own file. Save it there as CSV "
                                    "UTF-8, and take that file.");
static const char is_text[] =
    SAID("Its name ends in .txt, which Windows hides. Take this .txt away.");
static const char is_text_within[] =
    SAID("The names in this folder end in .txt, which Windows hides. Take this .txt away.");
static const char is_bare[] = SAID("There is nothing of a venue in this folder: neither "
                                   "perron.conf, circles.conf nor welcome.");

static const char *judge_file(enum intake_kind kind, const char *name, int64_t bytes)
{
    if (kind == INTAKE_VENUE)
        return is_file;
    if (ends_in_one(name, sheets))
        return is_sheet;
    if (ends(name, text_end))
        return is_text;
    if (!bytes)
        return is_empty;
    return bytes > (int64_t)intake_ops_of(kind)->limit_bytes ? is_large : NULL;
}

static bool is_part(const char *name)
{
    for (int part = 0; part < VENUE_PART_COUNT; part++)
        if (strcasecmp(name, venue_part_name((enum venue_part)part)) == 0)
            return true;
    return false;
}

/* A file of the house's, or of the card's own, under a name that none of them has. */
static bool is_hidden_part(const char *name)
{
    static const char *const others[] = {"staff.conf", "board.conf", "update.pub", "ssh"};
    char shown[256];
    if (!show_name(name, shown, sizeof shown))
        return false;
    bool is = is_part(shown);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        is |= strcasecmp(shown, others[i]) == 0;
    return is;
}

struct parts {
    bool has, has_hidden;
};

static enum rc find_part(void *context, const char *name)
{
    struct parts *parts = context;
    parts->has |= is_part(name);
    parts->has_hidden |= is_hidden_part(name);
    return RC_OK;
}

static const char *judge_folder(enum intake_kind kind, int at, const char *name)
{
    int folder = -1;
    bool is_cut;
    struct parts parts = {.has = false};
    if (kind != INTAKE_VENUE)
        return is_folder;
    if (infolder_open(at, name, &folder))
        return is_unknown;
    enum rc rc = infolder_each(folder, INTAKE_ENTRIES_MAX, find_part, &parts, &is_cut);
    close(folder);
    return rc ? is_unknown : parts.has ? NULL : parts.has_hidden ? is_text_within : is_bare;
}

static const char *judge(enum intake_kind kind, int at, const char *name, int64_t *out_bytes)
{
    switch (infolder_look(at, name, out_bytes)) {
    case INFOLDER_FILE: return judge_file(kind, name, *out_bytes);
    case INFOLDER_FOLDER: return judge_folder(kind, at, name);
    case INFOLDER_LINK: return is_link;
    case INFOLDER_OTHER: return is_other;
    case INFOLDER_UNKNOWN: break;
    }
    return is_unknown;
}

/* --- the list --- */

struct looking {
    struct intake_list list;
    enum intake_place place;
    bool has_parts; /* of a venue lie right in this folder */
    int folder;
    const char *within; /* of the path: "" or "perron/" as the stick has it */
    char beside[16];    /* the folder "perron", once it is met; "" */
};

static int compare(const struct intake_found *a, const struct intake_found *b)
{
    return a->kind != b->kind ? (int)a->kind - (int)b->kind : strcmp(a->path, b->path);
}

static void leave_out(struct intake_list *list, const struct intake_found *found)
{
    if (list->beyond < INTAKE_FOUND_MAX) {
        struct intake_left_out *left = &list->left_out[list->beyond];
        *left = (struct intake_left_out){.kind = found->kind, .why_not = found->why_not};
        memcpy(left->name, found->name, sizeof left->name);
    }
    list->beyond++;
}

/* Is this one worth its place less than the other? */
static bool gives_way(const struct intake_found *one, const struct intake_found *other)
{
    if (!one->why_not != !other->why_not)
        return one->why_not != NULL;
    return compare(one, other) > 0;
}

/* Makes a place where there are as many of a kind as there can be; false: none for this one. */
static bool make_place(struct intake_list *list, const struct intake_found *found)
{
    int of_kind = 0, worst = -1;
    for (int i = 0; i < list->count; i++) {
        if (list->found[i].kind != found->kind)
            continue;
        of_kind++;
        if (worst < 0 || gives_way(&list->found[i], &list->found[worst]))
            worst = i;
    }
    if (of_kind < PER_KIND)
        return true;
    if (gives_way(found, &list->found[worst])) {
        leave_out(list, found);
        return false;
    }
    leave_out(list, &list->found[worst]);
    memmove(&list->found[worst], &list->found[worst + 1],
            (size_t)(list->count - worst - 1) * sizeof *found);
    list->count--;
    return true;
}

/* In its place. */
static void put(struct intake_list *list, const struct intake_found *found)
{
    int at = 0;
    if (!make_place(list, found))
        return;
    while (at < list->count && compare(&list->found[at], found) < 0)
        at++;
    memmove(&list->found[at + 1], &list->found[at], (size_t)(list->count - at) * sizeof *found);
    list->found[at] = *found;
    list->count++;
}

/* On a card these have no place in the list; on a stick they are nobody's. */
static enum rc tell_hidden(void *context, const char *name)
{
    struct looking *looking = context;
    struct intake_found found = {.kind = INTAKE_VENUE, .why_not = is_text};
    if (looking->place != INTAKE_CARD || !is_hidden_part(name))
        return RC_OK;
    infolder_show(name, found.name, sizeof found.name);
    leave_out(&looking->list, &found);
    return RC_OK;
}

static void tell_hidden_within(struct looking *looking, const char *name)
{
    int folder = -1;
    bool is_cut;
    if (infolder_open(looking->folder, name, &folder))
        return;
    (void)!infolder_each(folder, INTAKE_ENTRIES_MAX, tell_hidden, looking, &is_cut);
    close(folder);
}

static enum rc look_at(void *context, const char *name)
{
    struct looking *looking = context;
    struct intake_found found = {.place = looking->place, .kind = kind_of(name)};
    if (infolder_is_litter(name))
        return RC_OK;
    looking->has_parts |= is_part(name);
    (void)!tell_hidden(looking, name);
    if (!looking->within[0] && !looking->beside[0] && strcasecmp(name, INTAKE_FOLDER) == 0)
        snprintf(looking->beside, sizeof looking->beside, "%s", name);
    if (found.kind == INTAKE_KIND_COUNT ||
        snprintf(found.path, sizeof found.path, "%s%s", looking->within, name) >=
            (int)sizeof found.path)
        return RC_OK;
    infolder_show(found.path, found.name, sizeof found.name);
    found.is_refused = refused_find_end(name) != NULL;
    found.why_not = judge(found.kind, looking->folder, name, &found.bytes);
    put(&looking->list, &found);
    if (found.kind == INTAKE_VENUE && !found.why_not)
        tell_hidden_within(looking, name);
    return RC_OK;
}

/* A venue's files on a card, without a folder of their own. */
static void put_parts(struct looking *looking)
{
    struct intake_found found = {.place = INTAKE_CARD, .kind = INTAKE_VENUE};
    snprintf(found.path, sizeof found.path, "%s.", looking->within);
    snprintf(found.name, sizeof found.name, "%s", venue_part_name(VENUE_SETTINGS));
    put(&looking->list, &found);
}

static enum rc look_in(struct looking *looking, int folder)
{
    bool is_cut = false;
    looking->folder = folder;
    looking->has_parts = false;
    enum rc rc = infolder_each(folder, INTAKE_ENTRIES_MAX, look_at, looking, &is_cut);
    looking->list.is_cut |= is_cut;
    if (!rc && looking->has_parts && looking->place == INTAKE_CARD)
        put_parts(looking);
    return rc;
}

/* A folder called "perron" counts as the stick's top; a file or a link of that name does not. */
static enum rc look_beside(struct looking *looking, int root)
{
    char within[sizeof looking->beside + 1];
    int folder = -1;
    if (!looking->beside[0]) /* not met, perhaps behind too many others */
        strcpy(looking->beside, INTAKE_FOLDER);
    enum rc rc = infolder_open(root, looking->beside, &folder);
    if (rc)
        return rc == RC_REFUSED || rc == RC_NOT_FOUND ? RC_OK : rc;
    snprintf(within, sizeof within, "%s/", looking->beside);
    looking->within = within;
    rc = look_in(looking, folder);
    looking->within = "";
    close(folder);
    return rc;
}

static enum rc tell(enum rc rc, bool is_cut, struct reason *out_reason)
{
    switch (rc) {
    case RC_OK: return RC_OK;
    case RC_EMPTY:
        reason_set(out_reason, "%s",
                   is_cut ? SAID("There are too many files on this stick to look through them all. "
                                 "Put the list into a folder called perron.")
                          : SAID("There is nothing on this stick to take in: no list of people or "
                                 "baskets, no calendar, no folder venue."));
        return rc;
    case RC_NOT_FOUND:
    case RC_GONE:
        reason_set(out_reason, "%s", SAID("The stick is gone. Plug it in again."));
        return RC_GONE;
    default:
        reason_set(out_reason, "%s",
                   SAID("The stick cannot be read. Try again, or take another one."));
        return rc;
    }
}

static enum rc look_through(struct looking *looking, const char *root, struct intake_list *out_list)
{
    int top = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum rc rc = top < 0 ? rc_from_errno(errno) : look_in(looking, top);
    if (!rc)
        rc = look_beside(looking, top);
    if (top >= 0)
        close(top);
    if (!rc && !looking->list.count && !looking->list.beyond)
        rc = RC_EMPTY;
    if (!rc || rc == RC_EMPTY)
        *out_list = looking->list;
    return rc;
}

enum rc intake_look(const char *root, struct intake_list *out_list, struct reason *out_reason)
{
    struct looking looking = {.place = INTAKE_STICK, .within = ""};
    enum rc rc = look_through(&looking, root, out_list);
    return tell(rc, looking.list.is_cut, out_reason);
}

enum rc intake_look_card(const char *root, struct intake_list *out_list, struct reason *out_reason)
{
    struct looking looking = {.place = INTAKE_CARD, .within = ""};
    enum rc rc = look_through(&looking, root, out_list);
    if (rc)
        reason_set(out_reason, "%s: %s", root,
                   rc == RC_EMPTY ? "there is nothing to take in" : rc_text(rc));
    return rc;
}
