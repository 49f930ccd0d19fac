/*
 * trace_preload.c - seen from below: which syncs a station really made, and when.
 *
 * LD_PRELOAD this into a station that writes its trace to descriptor PERRON_TRACE_FD, and every
 * fdatasync and fsync becomes a line between the station's own ("STAMP sync"). It can also make a
 * bad disk: PERRON_SYNC_DELAY_MS slows every sync, PERRON_SYNC_STALL_MS the first one after the
 * file PERRON_SYNC_STALL_FILE appeared (which is then removed). Two controls: with
 * PERRON_SYNCHRONOUS_OFF the database is opened with synchronous=OFF, and the order of syncs and
 * pictures must be found wrong; with PERRON_SYNC_KEEPS_BYTES every sync takes memory and never
 * gives it back, and the growth must be found.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int fdatasync(int fd);
int fsync(int fd);
int sqlite3_exec(void *db, const char *sql, int (*row)(void *, int, char **, char **),
                 void *context, char **error);

static long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

static void sleep_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    if (ms > 0)
        nanosleep(&time, NULL);
}

static void tell(const char *what)
{
    char line[64];
    struct timespec now;
    long fd = number_of("PERRON_TRACE_FD");
    if (fd <= 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int length = snprintf(line, sizeof line, "%lld %s\n",
                          (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000, what);
    ssize_t written = write((int)fd, line, (size_t)length);
    (void)written;
}

static void be_slow(void)
{
    const char *file = getenv("PERRON_SYNC_STALL_FILE");
    sleep_ms(number_of("PERRON_SYNC_DELAY_MS"));
    if (file && unlink(file) == 0)
        sleep_ms(number_of("PERRON_SYNC_STALL_MS"));
}

static void be_forgetful(void)
{
    static char *volatile kept; /* or a compiler sees that nobody wants it */
    const char *file = getenv("PERRON_SYNC_KEEPS_FILE");
    if (!file || access(file, F_OK) != 0)
        return;
    kept = malloc(2048);
    if (kept)
        memset(kept, 1, 2048);
}

static int sync_with(const char *name, int fd)
{
    int (*real)(int);
    *(void **)&real = dlsym(RTLD_NEXT, name);
    be_slow();
    be_forgetful();
    int result = real(fd);
    tell("sync");
    return result;
}

int fdatasync(int fd)
{
    return sync_with("fdatasync", fd);
}

int fsync(int fd)
{
    return sync_with("fsync", fd);
}

int sqlite3_exec(void *db, const char *sql, int (*row)(void *, int, char **, char **),
                 void *context, char **error)
{
    int (*real)(void *, const char *, int (*)(void *, int, char **, char **), void *, char **);
    *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_exec");
    int result = real(db, sql, row, context, error);
    if (result == 0 && getenv("PERRON_SYNCHRONOUS_OFF") && strstr(sql, "PRAGMA synchronous="))
        result = real(db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    return result;
}
