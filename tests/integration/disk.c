/* A disk that forgets and fails, for tests: preloaded into the process under test.

   DISK_DURABLE  a folder: whenever a file below DISK_ROOT is synced, a copy of what it holds then
                 is put there.  After a power cut that copy is what the disk surely has.
   DISK_FAULTS   a file: while it holds a line "w PART" (or "r PART"), writing and syncing (or
                 reading) a file whose path has PART in it fails with EIO; "f PART" is ENOSPC. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return 1;
}

static int refused(int fd, char action) {
    char rules[4096], path[PATH_MAX], *line, *rest;
    const char *name = getenv("DISK_FAULTS");
    if (!name) return 0;
    long file = syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC, 0);
    if (file < 0) return 0;
    long length = syscall(SYS_read, file, rules, sizeof rules - 1);
    syscall(SYS_close, file);
    if (length <= 0 || !path_of(fd, path)) return 0;
    rules[length] = 0;
    for (line = strtok_r(rules, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        int full = line[0] == 'f' && action == 'w';
        if (strlen(line) > 2 && (line[0] == action || full) && strstr(path, line + 2)) {
            errno = full ? ENOSPC : EIO;
            return 1;
        }
    }
    return 0;
}

static void keep_a_copy(int fd) {
    char path[PATH_MAX], part[2 * PATH_MAX], kept[2 * PATH_MAX], block[65536];
    const char *root = getenv("DISK_ROOT"), *folder = getenv("DISK_DURABLE");
    if (!root || !folder || !path_of(fd, path) || strncmp(path, root, strlen(root))) return;
    const char *name = strrchr(path, '/') + 1;
    snprintf(kept, sizeof kept, "%s/%s", folder, name);
    snprintf(part, sizeof part, "%s/.%s.part", folder, name);
    long from = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    long to = syscall(SYS_openat, AT_FDCWD, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (long n; from >= 0 && to >= 0 && (n = syscall(SYS_read, from, block, sizeof block)) > 0;)
        syscall(SYS_write, to, block, n);
    syscall(SYS_close, from);
    syscall(SYS_close, to);
    syscall(SYS_renameat, AT_FDCWD, part, AT_FDCWD, kept);
}

static int synced(int fd, int result) {
    int error = errno;
    if (result == 0) keep_a_copy(fd);
    errno = error;
    return result;
}

int fsync(int fd) { return refused(fd, 'w') ? -1 : synced(fd, REAL(fsync)(fd)); }
int fdatasync(int fd) { return refused(fd, 'w') ? -1 : synced(fd, REAL(fdatasync)(fd)); }

ssize_t write(int fd, const void *data, size_t size) {
    return refused(fd, 'w') ? -1 : REAL(write)(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return refused(fd, 'w') ? -1 : REAL(pwrite)(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return refused(fd, 'w') ? -1 : REAL(pwrite64)(fd, data, size, at);
}
ssize_t read(int fd, void *data, size_t size) {
    return refused(fd, 'r') ? -1 : REAL(read)(fd, data, size);
}
ssize_t pread(int fd, void *data, size_t size, off_t at) {
    return refused(fd, 'r') ? -1 : REAL(pread)(fd, data, size, at);
}
ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
    return refused(fd, 'r') ? -1 : REAL(pread64)(fd, data, size, at);
}
