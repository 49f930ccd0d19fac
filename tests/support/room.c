#include "tests/support/room.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/give_up.h"

char room_root[64];

const struct parcel_config room_plain = {.root = room_root, .name = ROOM_NAME};

int room_make(void)
{
    strcpy(room_root, "/tmp/perron-test-XXXXXX");
    return mkdtemp(room_root) ? 0 : -1;
}

int room_remove(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -rf --one-file-system %s", room_root);
    return system(line);
}

int room_shell(const char *command)
{
    char line[512];
    snprintf(line, sizeof line, "cd %s && { %s; } >/dev/null 2>&1", room_root, command);
    return system(line);
}

const char *room_path(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", room_root, name);
    return path;
}

bool room_has(const char *name)
{
    struct stat status;
    return lstat(room_path(name), &status) == 0;
}

void room_put(const char *name, const char *text)
{
    FILE *file = fopen(room_path(name), "w");
    if (!file || fputs(text, file) < 0 || fclose(file))
        give_up("room", "%s cannot be written", name);
}

int room_count_others(const char *but)
{
    int count = 0;
    DIR *folder = opendir(room_root);
    struct dirent *entry;
    if (!folder)
        give_up("room", "%s cannot be read", room_root);
    while ((entry = readdir(folder)))
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 strcmp(entry->d_name, but) != 0;
    closedir(folder);
    return count;
}

enum rc room_add(struct parcel *parcel, const char *name, const char *text)
{
    struct sink sink;
    enum rc rc = parcel_open_file(parcel, name, &sink);
    if (!rc)
        rc = sink_write(&sink, text, strlen(text));
    enum rc closed = parcel_close_file(parcel);
    return rc ? rc : closed;
}

enum rc room_send(const struct parcel_config *config, char *out_name, struct reason *out_reason)
{
    struct parcel *parcel;
    enum rc rc = parcel_begin(config, &parcel, out_reason);
    if (rc)
        return rc;
    rc = room_add(parcel, "visits.csv", "day;hours\r\n2026-11-26;3,5\r\n");
    if (!rc)
        rc = room_add(parcel, "empty.csv", "");
    if (!rc)
        rc = room_add(parcel, ROOM_WELCOME "hello.fr.txt", "# Bienvenue\n");
    if (!rc)
        rc = room_add(parcel, ROOM_WELCOME "hello.nl.txt", "# Welkom\n");
    if (rc) {
        parcel_tell(parcel, rc, out_reason);
        parcel_abandon(parcel);
        return rc;
    }
    return parcel_finish(parcel, out_name, out_reason);
}
