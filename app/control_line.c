#include "app/control_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum rc control_line_address(const char *path, struct sockaddr_un *out_address, int *out_folder_fd)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 1;
    if (length >= sizeof folder)
        return RC_LIMIT;
    memcpy(folder, slash ? path : ".", length);
    folder[length] = 0;
    int fd = open(length ? folder : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    *out_address = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(out_address->sun_path, sizeof out_address->sun_path, "/proc/self/fd/%d/%.64s", fd,
             slash ? slash + 1 : path);
    *out_folder_fd = fd;
    return RC_OK;
}

enum rc control_line_send(int to, const json_t *object, int file, int flags)
{
    char space[CMSG_SPACE(sizeof file)] = {0};
    char end[] = "\n";
    char *text = object ? json_write(object, JSON_COMPACT) : NULL;
    if (!text)
        return RC_NO_MEMORY;
    struct iovec parts[] = {{text, strlen(text)}, {end, 1}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (file >= 0) {
        message.msg_control = space;
        message.msg_controllen = sizeof space;
        struct cmsghdr *c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof file);
        memcpy(CMSG_DATA(c), &file, sizeof file);
    }
    ssize_t length = (ssize_t)strlen(text) + 1;
    enum rc rc = sendmsg(to, &message, MSG_NOSIGNAL | flags) == length ? RC_OK : RC_GONE;
    free(text);
    return rc;
}
