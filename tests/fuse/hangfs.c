/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A file system that can hang, for tests: it shows the files of a folder, read-only, and before
 * each operation waits as long as the control folder holds a file of the operation's name (lookup,
 * getattr, open, read, opendir, readdir, readlink, statfs).
 *
 *     hangfs SOURCE MOUNTPOINT CONTROL
 *
 * It stays in the foreground and prints "ready" once it is mounted; killed, it leaves the mount
 * behind, without a server, so that all that waits is let go.
 */

#define FUSE_USE_VERSION 31

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse_lowlevel.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define NODES_MAX   4096
#define CHECK_US    5000 /* how often it is asked whether to hang on */
#define BUFFER_SIZE ((size_t)64 * 1024)

/* A file that was looked up: its number is its place here, plus FUSE_ROOT_ID. */
struct node {
	char path[PATH_MAX];
};

struct hangfs {
	int control;
	pthread_mutex_t lock;
	size_t count;
	struct node nodes[NODES_MAX];
};

static struct hangfs *of(fuse_req_t request)
{
	return fuse_req_userdata(request);
}

static void hang(fuse_req_t request, const char *operation)
{
	while (!faccessat(of(request)->control, operation, F_OK, 0))
		usleep(CHECK_US);
}

static const char *path_of(fuse_req_t request, fuse_ino_t number)
{
	return of(request)->nodes[number - FUSE_ROOT_ID].path;
}

/* The number of a path; 0 when there are too many. */
static fuse_ino_t number_of(struct hangfs *fs, const char *path)
{
	fuse_ino_t number = 0;

	pthread_mutex_lock(&fs->lock);
	for (size_t i = 0; i < fs->count && !number; i++)
		if (!strcmp(fs->nodes[i].path, path))
			number = i + FUSE_ROOT_ID;
	if (!number && fs->count < NODES_MAX && strlen(path) < PATH_MAX) {
		strcpy(fs->nodes[fs->count].path, path);
		number = fs->count++ + FUSE_ROOT_ID;
	}
	pthread_mutex_unlock(&fs->lock);
	return number;
}

/* Nothing is cached by time: each look at a name or a file comes here. */
static void reply_entry(fuse_req_t request, const char *path)
{
	struct fuse_entry_param entry = {0};

	if (lstat(path, &entry.attr)) {
		fuse_reply_err(request, errno);
		return;
	}
	entry.ino = number_of(of(request), path);
	entry.attr.st_ino = entry.ino;
	if (entry.ino)
		fuse_reply_entry(request, &entry);
	else
		fuse_reply_err(request, ENOMEM);
}

static void hangfs_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	char path[PATH_MAX + NAME_MAX + 2];

	hang(request, "lookup");
	snprintf(path, sizeof(path), "%s/%s", path_of(request, parent), name);
	reply_entry(request, path);
}

static void hangfs_getattr(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
	struct stat stat;

	(void)info;
	hang(request, "getattr");
	if (lstat(path_of(request, number), &stat)) {
		fuse_reply_err(request, errno);
		return;
	}
	stat.st_ino = number;
	fuse_reply_attr(request, &stat, 0);
}

static void hangfs_readlink(fuse_req_t request, fuse_ino_t number)
{
	char target[PATH_MAX];
	ssize_t length;

	hang(request, "readlink");
	length = readlink(path_of(request, number), target, sizeof(target) - 1);
	if (length < 0) {
		fuse_reply_err(request, errno);
		return;
	}
	target[length] = '\0';
	fuse_reply_readlink(request, target);
}

static void hangfs_open(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
	int file;

	hang(request, "open");
	file = open(path_of(request, number), O_RDONLY | O_CLOEXEC);
	if (file < 0) {
		fuse_reply_err(request, errno);
		return;
	}
	info->fh = (uint64_t)file;
	fuse_reply_open(request, info);
}

static void hangfs_read(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset,
			struct fuse_file_info *info)
{
	char *bytes;
	ssize_t length;

	(void)number;
	hang(request, "read");
	bytes = malloc(size);
	length = bytes ? pread((int)info->fh, bytes, size, offset) : -1;
	if (length < 0)
		fuse_reply_err(request, errno);
	else
		fuse_reply_buf(request, bytes, (size_t)length);
	free(bytes);
}

static void hangfs_release(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
	(void)number;
	close((int)info->fh);
	fuse_reply_err(request, 0);
}

static void hangfs_opendir(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
	(void)number;
	hang(request, "opendir");
	fuse_reply_open(request, info);
}

/* All that the folder holds at once: test folders are small. */
static void hangfs_readdir(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset,
			   struct fuse_file_info *info)
{
	char bytes[BUFFER_SIZE];
	size_t length = 0;
	off_t place = 0;
	struct dirent *entry;
	DIR *folder;

	(void)info;
	hang(request, "readdir");
	folder = opendir(path_of(request, number));
	if (size > sizeof(bytes))
		size = sizeof(bytes);
	while (folder && (entry = readdir(folder))) {
		struct stat stat = {.st_ino = entry->d_ino, .st_mode = DTTOIF(entry->d_type)};
		size_t needed;

		if (place++ < offset)
			continue;
		needed = fuse_add_direntry(request, bytes + length, size - length, entry->d_name,
					   &stat, place);
		if (needed > size - length)
			break;
		length += needed;
	}
	if (folder)
		closedir(folder);
	fuse_reply_buf(request, bytes, length);
}

static void hangfs_statfs(fuse_req_t request, fuse_ino_t number)
{
	struct statvfs fs;

	hang(request, "statfs");
	if (statvfs(path_of(request, number), &fs))
		fuse_reply_err(request, errno);
	else
		fuse_reply_statfs(request, &fs);
}

static const struct fuse_lowlevel_ops operations = {
	.lookup = hangfs_lookup,
	.getattr = hangfs_getattr,
	.readlink = hangfs_readlink,
	.open = hangfs_open,
	.read = hangfs_read,
	.release = hangfs_release,
	.opendir = hangfs_opendir,
	.readdir = hangfs_readdir,
	.statfs = hangfs_statfs,
};

static int serve(struct fuse_args *arguments, struct hangfs *fs, const char *mountpoint)
{
	struct fuse_session *session =
		fuse_session_new(arguments, &operations, sizeof(operations), fs);
	int status = 1;

	if (!session)
		return 1;
	if (fuse_set_signal_handlers(session) == 0) {
		if (fuse_session_mount(session, mountpoint) == 0) {
			puts("ready");
			fflush(stdout);
			status = fuse_session_loop_mt(session, 0) != 0;
			fuse_session_unmount(session);
		}
		fuse_remove_signal_handlers(session);
	}
	fuse_session_destroy(session);
	return status;
}

int main(int argc, char **argv)
{
	char *words[] = {argv[0], "-oro,fsname=hangfs", NULL};
	struct fuse_args arguments = FUSE_ARGS_INIT(2, words);
	struct hangfs *fs = calloc(1, sizeof(*fs));

	if (argc != 4 || !fs) {
		fprintf(stderr, "usage: hangfs SOURCE MOUNTPOINT CONTROL\n");
		return 2;
	}
	pthread_mutex_init(&fs->lock, NULL);
	fs->control = open(argv[3], O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fs->control < 0 || number_of(fs, argv[1]) != FUSE_ROOT_ID) {
		fprintf(stderr, "hangfs: %s cannot be used\n", argv[3]);
		return 1;
	}
	return serve(&arguments, fs, argv[2]);
}
