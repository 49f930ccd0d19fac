#include "firmware/linux/stick_chore.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "firmware/base/thread.h"

struct work {
    enum stick_chore chore;
    int fd; /* the thread's end */
    char path[PATH_MAX];
};

static struct stick_chore_result measure(const char *path)
{
    struct statvfs space;
    if (statvfs(path, &space))
        return (struct stick_chore_result){.rc = rc_from_errno(errno)};
    return (struct stick_chore_result){.free_bytes =
                                           (int64_t)space.f_bavail * (int64_t)space.f_frsize};
}

static struct stick_chore_result flush(const char *path)
{
    struct stick_chore_result result = {0};
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd))
        result.rc = rc_from_errno(errno);
    if (fd >= 0)
        close(fd);
    return result;
}

static void *do_work(void *context)
{
    struct work *work = context;
    struct stick_chore_result result =
        work->chore == STICK_CHORE_MEASURE ? measure(work->path) : flush(work->path);
    /* Nobody may listen any more. */
    (void)!send(work->fd, &result, sizeof result, MSG_NOSIGNAL);
    close(work->fd);
    free(work);
    return NULL;
}

enum rc stick_chore_start(enum stick_chore chore, const char *path, int *out_fd)
{
    int ends[2];
    pthread_t thread;
    struct work *work = calloc(1, sizeof *work);
    if (!work)
        return RC_NO_MEMORY;
    enum rc rc = RC_NO_MEMORY;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
        goto failed;
    work->chore = chore;
    work->fd = ends[1];
    snprintf(work->path, sizeof work->path, "%s", path);
    rc = thread_start(do_work, work, &thread);
    if (rc)
        goto failed_thread;
    pthread_detach(thread);
    *out_fd = ends[0];
    return RC_OK;

failed_thread:
    close(ends[0]);
    close(ends[1]);
failed:
    free(work);
    return rc;
}

enum rc stick_chore_result(int fd, struct stick_chore_result *out_result)
{
    struct stick_chore_result result;
    ssize_t length = recv(fd, &result, sizeof result, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return RC_EMPTY;
    if (length != sizeof result)
        return RC_GONE;
    *out_result = result;
    return RC_OK;
}
