/* A new version from a stick: what is nobody's is refused, what does not come up goes back. */
#include <stdio.h>
#include <string.h>

#include "app/update_version.h"
#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/golden.h"
#include "tests/image/stick.h"

#define DRAWN_MS 8000
#define GREETED_MS 11000 /* the greeting and its strip are over */
#define BEGIN_MS 120000  /* it is copied, and weighed twice */
#define INSTALL_MS 300000
#define TRY_MS 600000 /* two minutes of patience, and what was there is installed again */

struct stand {
    long visits;
    char version[64];  /* that the station says */
    char package[400]; /* that is installed, and the sum of its program */
};

/* --- the station, as it stands --- */

static enum rc ask_stand(struct door *door, struct stand *out_stand, struct reason *said)
{
    enum rc rc = door_count_visits(door, 0, &out_stand->visits, said);
    if (!rc)
        rc = door_ask(door,
                      "perron status --data /var/lib/perron --json |"
                      " sed 's/.*\"version\": *\"\\([^\"]*\\)\".*/\\1/' | tr -d '\\n'",
                      out_stand->version, sizeof out_stand->version, said);
    if (!rc)
        rc = door_ask(door,
                      "dpkg-query -W -f '${db:Status-Abbrev}${Version} ' perron;"
                      " sha256sum </usr/lib/perron/perron",
                      out_stand->package, sizeof out_stand->package, said);
    return rc;
}

static enum rc expect_same(const struct stand *before, const struct stand *after,
                           struct reason *said)
{
    if (before->visits == after->visits && strcmp(before->version, after->version) == 0 &&
        strcmp(before->package, after->package) == 0)
        return RC_OK;
    reason_set(said, "%ld visits, %s, %.80s became %ld visits, %s, %.80s", before->visits,
               before->version, before->package, after->visits, after->version, after->package);
    return RC_REFUSED;
}

/* The station says it, and the package is it. */
static bool is_version(const struct stand *stand, const char *version)
{
    return update_version_is_of(version, stand->version) && strstr(stand->package, version);
}

/* What `perron update status` has to say before long. */
static enum rc expect_status(struct door *door, const char *wanted, struct reason *said)
{
    char command[300], text[400];
    snprintf(command, sizeof command,
             "i=0; until perron update status --json | tr -d ' ' | grep -F '%s'; do i=$((i+1));"
             " [ $i -lt 120 ] || { perron update status --json; exit 1; }; sleep 1; done",
             wanted);
    return door_ask(door, command, text, sizeof text, said);
}

/* --- in front of it --- */

/* A stick with what lies in `folder` of what scripts/test-image.sh made. */
static enum rc plug_update(struct door *door, const char *folder, struct reason *said)
{
    char path[STICK_PATH_MAX];
    stick_path(door, "update", path);
    enum rc rc = stick_make(door, "update", 64, said);
    if (!rc)
        rc = door_host(door, said, "mcopy -i '%s@@%dM' '%s/updates/%s'/* ::", path, STICK_BEGIN_MIB,
                       door->folder, folder);
    return rc ? rc : stick_plug(door, "update", false, said);
}

/* A finger that meets a picture which is just being replaced counts for nothing: what is plugged in
 * or pulled out has been drawn before the next one. */
static enum rc open_update(struct door *door, const char *folder, struct reason *said)
{
    enum rc rc = door_open_staff(door, said);
    if (!rc)
        rc = plug_update(door, folder, said);
    door_sleep_ms(DRAWN_MS);
    if (!rc)
        rc = door_go(door, "stick", "stick", said);
    door_sleep_ms(DRAWN_MS); /* and what lies there is looked at */
    return rc ? rc : door_go(door, "new-version", "update", said);
}

/* Away from the pages of staff, and the stick out. */
static enum rc leave(struct door *door, struct reason *said)
{
    enum rc rc = door_go(door, "end", "resting", said);
    (void)!stick_pull(door, NULL);
    door_sleep_ms(DRAWN_MS);
    return rc;
}

/* --- refused --- */

static enum rc expect_refused(struct door *door, const char *folder, struct reason *said)
{
    char name[40];
    snprintf(name, sizeof name, "update-%s", folder);
    enum rc rc = open_update(door, folder, said);
    if (!rc)
        rc = golden_expect(door, name, DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_touch(door, "install", said); /* where it would be offered */
    door_sleep_ms(2000);
    return rc ? rc : leave(door, said);
}

enum rc chapter_update_refused(void *context, struct reason *said)
{
    struct door *door = context;
    struct stand before, after;
    enum rc rc = ask_stand(door, &before, said);
    (void)!stick_pull(door, NULL); /* one that an earlier chapter left */
    if (!rc)
        rc = expect_refused(door, "foreign", said);
    if (!rc)
        rc = expect_refused(door, "bare", said);
    if (!rc)
        rc = ask_stand(door, &after, said);
    if (!rc)
        rc = expect_same(&before, &after, said);
    if (!rc)
        rc = guest_do(door->guest,
                      "[ $(systemctl show -P ActiveEnterTimestampMonotonic perron-update) = 0 ] &&"
                      " [ $(systemctl show -P ExecMainPID perron-update) = 0 ] &&"
                      " [ ! -e /var/lib/perron/update ] && [ ! -e /var/lib/perron-update/new.deb ]",
                      DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_tap_counts(door, 30, said);
    if (!rc)
        reason_set(said, "another's key, no signature: told, and %s goes on", before.version);
    return rc;
}

/* --- installed --- */

static enum rc begin_install(struct door *door, const char *folder, struct reason *said)
{
    enum rc rc = open_update(door, folder, said);
    if (!rc)
        rc = golden_expect(door, "update-offered", DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_touch(door, "install", said);
    return rc ? rc : door_expect(door, "present update-begun", BEGIN_MS, said);
}

/* The computer ends by itself, and is started again. */
static enum rc expect_restart(struct door *door, int limit_ms, struct reason *said)
{
    enum rc rc = guest_wait_end(door->guest, limit_ms, said);
    door_cut(door);
    return rc ? rc : door_switch_on(door, said);
}

static enum rc read_new_version(struct door *door, const char *folder, char out_version[64],
                                struct reason *said)
{
    char command[DOOR_PATH_MAX + 100];
    snprintf(command, sizeof command, "dpkg-deb -f '%s/updates/%s'/*.deb Version", door->folder,
             folder);
    FILE *pipe = popen(command, "r");
    bool is_read = pipe && fgets(out_version, 64, pipe);
    if ((pipe && pclose(pipe)) || !is_read) {
        reason_set(said, "no package in %s/updates/%s", door->folder, folder);
        return RC_NOT_FOUND;
    }
    out_version[strcspn(out_version, "\n")] = 0;
    return RC_OK;
}

enum rc chapter_update_installed(void *context, struct reason *said)
{
    struct door *door = context;
    struct stand before, after;
    char version[64];
    int64_t begin_ms = 0;
    enum rc rc = read_new_version(door, "good", version, said);
    if (!rc)
        rc = door_tap_counts(door, 34, said);
    if (!rc)
        rc = ask_stand(door, &before, said);
    door_sleep_ms(GREETED_MS);
    if (!rc)
        rc = begin_install(door, "good", said);
    begin_ms = door_now_ms();
    if (!rc)
        rc = expect_restart(door, INSTALL_MS, said);
    if (!rc)
        rc = door_wait_ready(door, said);
    int64_t ready_ms = door_now_ms() - begin_ms;
    if (!rc)
        rc = expect_status(door, "\"step\":\"installed\"", said);
    if (!rc)
        rc = ask_stand(door, &after, said);
    bool is_new = !rc && is_version(&after, version) && strcmp(after.version, before.version) != 0;
    if (!rc && (!is_new || after.visits != before.visits || !after.visits)) {
        reason_set(said, "%s with %ld visits became %s (%.80s) with %ld", before.version,
                   before.visits, after.version, after.package, after.visits);
        rc = RC_REFUSED;
    }
    if (!rc)
        rc = door_tap_counts(door, 31, said);
    if (!rc)
        reason_set(said, "%s instead of %s, ready %.0f s after the yes; all %ld visits are there",
                   after.version, before.version, (double)ready_ms / 1000, after.visits);
    return rc;
}

/* What is in the card's root outlives its power cuts. */
enum rc chapter_update_stays(void *context, struct reason *said)
{
    struct door *door = context;
    struct stand stand;
    char version[64];
    enum rc rc = read_new_version(door, "good", version, said);
    if (!rc)
        rc = ask_stand(door, &stand, said);
    if (rc)
        return rc;
    reason_set(said, "%s still, with %ld visits", stand.version, stand.visits);
    return is_version(&stand, version) ? RC_OK : RC_REFUSED;
}

/* --- gone back --- */

enum rc chapter_update_returned(void *context, struct reason *said)
{
    struct door *door = context;
    struct stand before, after;
    enum rc rc = ask_stand(door, &before, said);
    door_sleep_ms(GREETED_MS);
    if (!rc)
        rc = begin_install(door, "silent", said);
    int64_t begin_ms = door_now_ms();
    if (!rc)
        rc = expect_restart(door, INSTALL_MS, said);
    if (!rc)
        rc = expect_restart(door, TRY_MS, said);
    if (!rc)
        rc = door_wait_ready(door, said);
    int64_t ready_ms = door_now_ms() - begin_ms;
    if (!rc)
        rc = expect_status(door, "\"step\":\"returned\"", said);
    if (!rc)
        rc = ask_stand(door, &after, said);
    if (!rc)
        rc = expect_same(&before, &after, said);
    if (!rc)
        rc = door_tap_counts(door, 33, said);
    door_sleep_ms(GREETED_MS);
    if (!rc)
        rc = door_open_staff(door, said);
    if (!rc)
        rc = door_go(door, "health", "health", said);
    if (!rc)
        rc = door_go(door, "health-update", "update", said);
    if (!rc)
        rc = golden_expect(door, "update-returned", DOOR_WAIT_MS, said);
    if (!rc)
        rc = leave(door, said);
    if (!rc)
        reason_set(said, "back at %s %.0f s after the yes, and it says why", after.version,
                   (double)ready_ms / 1000);
    return rc;
}
