#include "tests/support/process.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The numbers behind names ("Rss:", "Pss:", ...) in a file of /proc; false: one is missing. */
struct field {
    const char *name;
    int64_t *value;
};

static bool read_fields(const char *path, const struct field *fields, int count)
{
    char line[256];
    int found = 0;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    while (fgets(line, sizeof line, file))
        for (int i = 0; i < count; i++) {
            size_t length = strlen(fields[i].name);
            if (strncmp(line, fields[i].name, length) != 0)
                continue;
            *fields[i].value = strtoll(line + length, NULL, 10);
            found++;
        }
    fclose(file);
    return found == count;
}

static bool count_wakes(pid_t process, int64_t *out_wakes)
{
    char path[320];
    struct dirent *thread;
    int64_t all = 0, one = 0;
    const struct field field = {"voluntary_ctxt_switches:", &one};
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    if (!threads)
        return false;
    while ((thread = readdir(threads))) {
        snprintf(path, sizeof path, "/proc/%d/task/%s/status", (int)process, thread->d_name);
        if (thread->d_name[0] != '.' && read_fields(path, &field, 1))
            all += one;
    }
    closedir(threads);
    *out_wakes = all;
    return true;
}

enum rc process_cost(pid_t process, struct process_cost *out_cost)
{
    struct process_cost cost;
    struct timespec used;
    clockid_t clock;
    if (clock_getcpuclockid(process, &clock) || clock_gettime(clock, &used) ||
        !count_wakes(process, &cost.wakes))
        return RC_NOT_FOUND;
    cost.cpu_ns = (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
    *out_cost = cost;
    return RC_OK;
}

enum rc process_memory(pid_t process, struct process_memory *out_memory)
{
    struct process_memory memory;
    const struct field fields[] = {{"Rss:", &memory.resident_kib},
                                   {"Pss:", &memory.proportional_kib},
                                   {"Anonymous:", &memory.own_kib}};
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)process);
    if (!read_fields(path, fields, 3))
        return RC_NOT_FOUND;
    *out_memory = memory;
    return RC_OK;
}

int process_threads(pid_t process, const char *name)
{
    char path[320], line[32];
    struct dirent *thread;
    int count = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    while (threads && (thread = readdir(threads))) {
        snprintf(path, sizeof path, "/proc/%d/task/%s/comm", (int)process, thread->d_name);
        FILE *file = thread->d_name[0] == '.' ? NULL : fopen(path, "re");
        if (!file)
            continue;
        count += fgets(line, sizeof line, file) && strncmp(line, name, strlen(name)) == 0;
        fclose(file);
    }
    if (threads)
        closedir(threads);
    return count;
}
