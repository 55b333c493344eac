/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/sandbox_calls.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <termios.h>

#define ALWAYS   SANDBOX_ALWAYS
#define NO_FILES SANDBOX_NO_FILES
#define FILES    SANDBOX_FILES
#define PROCESS  SANDBOX_PROCESS
#define FAULTS   SANDBOX_FAULTS
#define COMMAND  SANDBOX_COMMAND

/* The kernel looks at the lower half only. */
#define INT_MASK UINT64_C(0xffffffff)

#define ANY(call, wanted)                         \
	{                                         \
		.name = (call), .needs = (wanted) \
	}
#define ONLY(call, wanted, which, bits, is)                                             \
	{                                                                               \
		.name = (call), .needs = (wanted), .argument = (which), .mask = (bits), \
		.value = (is)                                                           \
	}
#define IOCTL(wanted, request) ONLY("ioctl", wanted, 2, INT_MASK, (request)&INT_MASK)
#define PRCTL(option)          ONLY("prctl", ALWAYS, 1, INT_MASK, option)

/* Neither to be written to nor made. */
#define WRITING (O_ACCMODE | O_CREAT | O_TRUNC)

/* A process or thread, in no namespace of its own. */
#define NAMESPACES                                                                     \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | \
	 CLONE_NEWPID | CLONE_NEWNET)
#ifdef __s390__
#define CLONE_FLAGS 2
#else
#define CLONE_FLAGS 1
#endif

/* The kernel's, which headers may be too old for: linux/fs.h, linux/perf_event.h, linux/prctl.h. */
#define PAGEMAP_SCAN_REQUEST  _IOC(_IOC_READ | _IOC_WRITE, 'f', 16, 96)
#define PROCMAP_QUERY_REQUEST _IOC(_IOC_READ | _IOC_WRITE, 'f', 17, 104)
#define PERF_REQUEST(number)  _IO('$', number)
#define PERF_ID               _IOC(_IOC_READ, '$', 7, sizeof(void *))
#define SET_VMA               0x53564d41

static const struct sandbox_call calls[] = {
	/* Memory. */
	ANY("brk", ALWAYS),
	ANY("madvise", ALWAYS),
	ANY("mincore", ALWAYS),
	ANY("mlock", ALWAYS),
	ANY("mmap", ALWAYS),
	ANY("mmap2", ALWAYS),
	ANY("mprotect", ALWAYS),
	ANY("mremap", ALWAYS),
	ANY("msync", ALWAYS),
	ANY("munlock", ALWAYS),
	ANY("munmap", ALWAYS),
	ANY("memfd_create", ALWAYS),
	ANY("memfd_secret", ALWAYS),
	/* Files that are open. */
	ANY("_llseek", ALWAYS),
	ANY("close", ALWAYS),
	ANY("close_range", ALWAYS),
	ANY("dup", ALWAYS),
	ANY("dup2", ALWAYS),
	ANY("dup3", ALWAYS),
	ANY("fadvise64", ALWAYS),
	ANY("fadvise64_64", ALWAYS),
	ANY("fallocate", ALWAYS),
	ANY("fcntl", ALWAYS),
	ANY("fcntl64", ALWAYS),
	ANY("fdatasync", ALWAYS),
	ANY("flock", ALWAYS),
	ANY("fstat", ALWAYS),
	ANY("fstat64", ALWAYS),
	ANY("fstatfs", ALWAYS),
	ANY("fstatfs64", ALWAYS),
	ANY("fsync", ALWAYS),
	ANY("ftruncate", ALWAYS),
	ANY("ftruncate64", ALWAYS),
	ANY("getdents", ALWAYS),
	ANY("getdents64", ALWAYS),
	ANY("lseek", ALWAYS),
	ANY("pread64", ALWAYS),
	ANY("preadv", ALWAYS),
	ANY("preadv2", ALWAYS),
	ANY("pwrite64", ALWAYS),
	ANY("pwritev", ALWAYS),
	ANY("pwritev2", ALWAYS),
	ANY("read", ALWAYS),
	ANY("readahead", ALWAYS),
	ANY("readv", ALWAYS),
	ANY("write", ALWAYS),
	ANY("writev", ALWAYS),
	/* Files by their names. */
	ANY("access", ALWAYS),
	ANY("chdir", ALWAYS),
	ANY("faccessat", ALWAYS),
	ANY("faccessat2", ALWAYS),
	ANY("fchdir", ALWAYS),
	ANY("fstatat64", ALWAYS),
	ANY("fgetxattr", ALWAYS),
	ANY("getcwd", ALWAYS),
	ANY("getxattr", ALWAYS),
	ANY("lgetxattr", ALWAYS),
	ANY("lstat", ALWAYS),
	ANY("lstat64", ALWAYS),
	ANY("newfstatat", ALWAYS),
	ANY("readlink", ALWAYS),
	ANY("readlinkat", ALWAYS),
	ANY("stat", ALWAYS),
	ANY("stat64", ALWAYS),
	ANY("statfs", ALWAYS),
	ANY("statfs64", ALWAYS),
	ANY("statx", ALWAYS),
	ANY("umask", ALWAYS),
	ONLY("open", NO_FILES, 2, WRITING, O_RDONLY),
	ONLY("openat", NO_FILES, 3, WRITING, O_RDONLY),
	ANY("open", FILES),
	ANY("openat2", FILES),
	ANY("openat", FILES),
	ANY("chmod", FILES),
	ANY("fchmod", FILES),
	ANY("fchmodat", FILES),
	ANY("fchown", FILES),
	ANY("fchown32", FILES),
	ANY("link", FILES),
	ANY("linkat", FILES),
	ANY("mkdir", FILES),
	ANY("mkdirat", FILES),
	ANY("rename", FILES),
	ANY("renameat", FILES),
	ANY("renameat2", FILES),
	ANY("rmdir", FILES),
	ANY("unlink", FILES),
	ANY("unlinkat", FILES),
	ANY("utimensat", FILES),
	/* Waiting, pipes, and sockets between this program and its helpers. */
	ANY("eventfd2", ALWAYS),
	ANY("pipe", ALWAYS),
	ANY("pipe2", ALWAYS),
	ANY("poll", ALWAYS),
	ANY("ppoll", ALWAYS),
	ANY("ppoll_time64", ALWAYS),
	ANY("pselect6", ALWAYS),
	ANY("pselect6_time64", ALWAYS),
	ANY("select", ALWAYS),
	ANY("_newselect", ALWAYS),
	ANY("signalfd4", ALWAYS),
	ANY("recvfrom", ALWAYS),
	ANY("recvmsg", ALWAYS),
	ANY("sendmsg", ALWAYS),
	ANY("sendto", ALWAYS),
	ANY("send", ALWAYS),
	ANY("recv", ALWAYS),
	ANY("shutdown", ALWAYS),
	ONLY("socketpair", ALWAYS, 1, INT_MASK, AF_UNIX),
	/* Threads, helpers, signals. */
	ONLY("clone", ALWAYS, CLONE_FLAGS, NAMESPACES, 0),
	ANY("fork", ALWAYS),
	ANY("vfork", ALWAYS),
	ANY("exit", ALWAYS),
	ANY("exit_group", ALWAYS),
	ANY("wait4", ALWAYS),
	ANY("waitid", ALWAYS),
	ANY("waitpid", ALWAYS),
	ANY("kill", ALWAYS),
	ANY("tgkill", ALWAYS),
	ANY("tkill", ALWAYS),
	ANY("setsid", ALWAYS),
	ANY("futex", ALWAYS),
	ANY("futex_time64", ALWAYS),
	ANY("futex_waitv", ALWAYS),
	ANY("get_mempolicy", ALWAYS),
	ANY("set_mempolicy", ALWAYS),
	ANY("membarrier", ALWAYS),
	ANY("get_robust_list", ALWAYS),
	ANY("set_robust_list", ALWAYS),
	ANY("set_tid_address", ALWAYS),
	ANY("rseq", ALWAYS),
	ANY("sched_getaffinity", ALWAYS),
	ANY("sched_getparam", ALWAYS),
	ANY("sched_getscheduler", ALWAYS),
	ANY("sched_yield", ALWAYS),
	ANY("getpriority", ALWAYS),
	ANY("restart_syscall", ALWAYS),
	ANY("rt_sigaction", ALWAYS),
	ANY("rt_sigpending", ALWAYS),
	ANY("rt_sigprocmask", ALWAYS),
	ANY("rt_sigreturn", ALWAYS),
	ANY("rt_sigsuspend", ALWAYS),
	ANY("rt_sigtimedwait", ALWAYS),
	ANY("sigaltstack", ALWAYS),
	ANY("sigreturn", ALWAYS),
	ANY("pause", ALWAYS),
	PRCTL(PR_SET_NAME),
	PRCTL(PR_GET_NAME),
	PRCTL(PR_SET_PDEATHSIG),
	PRCTL(PR_CAPBSET_READ),
	PRCTL(PR_GET_SECCOMP),
	PRCTL(PR_GET_DUMPABLE),
	PRCTL(PR_GET_NO_NEW_PRIVS),
	PRCTL(SET_VMA),
	/* About this program, the machine and the time. */
	ANY("arch_prctl", ALWAYS),
	ANY("cacheflush", ALWAYS),
	ANY("capget", ALWAYS),
	ANY("clock_getres", ALWAYS),
	ANY("clock_getres_time64", ALWAYS),
	ANY("clock_gettime", ALWAYS),
	ANY("clock_gettime64", ALWAYS),
	ANY("clock_nanosleep", ALWAYS),
	ANY("clock_nanosleep_time64", ALWAYS),
	ANY("getcpu", ALWAYS),
	ANY("getegid", ALWAYS),
	ANY("getegid32", ALWAYS),
	ANY("geteuid", ALWAYS),
	ANY("geteuid32", ALWAYS),
	ANY("getgid", ALWAYS),
	ANY("getgid32", ALWAYS),
	ANY("getgroups", ALWAYS),
	ANY("getgroups32", ALWAYS),
	ANY("getpgid", ALWAYS),
	ANY("getpgrp", ALWAYS),
	ANY("getpid", ALWAYS),
	ANY("getppid", ALWAYS),
	ANY("getrandom", ALWAYS),
	ANY("getresgid", ALWAYS),
	ANY("getresuid", ALWAYS),
	ANY("getrlimit", ALWAYS),
	ANY("getrusage", ALWAYS),
	ANY("getsid", ALWAYS),
	ANY("gettid", ALWAYS),
	ANY("gettimeofday", ALWAYS),
	ANY("getuid", ALWAYS),
	ANY("getuid32", ALWAYS),
	ANY("nanosleep", ALWAYS),
	ANY("riscv_flush_icache", ALWAYS),
	ANY("riscv_hwprobe", ALWAYS),
	ANY("setrlimit", ALWAYS),
	ANY("sysinfo", ALWAYS),
	ANY("time", ALWAYS),
	ANY("times", ALWAYS),
	ANY("ugetrlimit", ALWAYS),
	ANY("uname", ALWAYS),
	ONLY("prlimit64", ALWAYS, 1, INT_MASK, 0),
	/* The terminal: nothing that types into it (TIOCSTI) is among these. */
	IOCTL(ALWAYS, TCGETS),
	IOCTL(ALWAYS, TCSETS),
	IOCTL(ALWAYS, TCSETSW),
	IOCTL(ALWAYS, TCSETSF),
	IOCTL(ALWAYS, TCFLSH),
	IOCTL(ALWAYS, TCSBRK),
	IOCTL(ALWAYS, TCXONC),
	IOCTL(ALWAYS, TIOCGWINSZ),
	IOCTL(ALWAYS, TIOCGPGRP),
	IOCTL(ALWAYS, TIOCGSID),
	IOCTL(ALWAYS, FIONREAD),
	/* Processes that run. */
	ANY("process_vm_readv", PROCESS),
	ANY("pidfd_open", ALWAYS),
	ANY("kcmp", PROCESS),
	IOCTL(PROCESS, PAGEMAP_SCAN_REQUEST),
	IOCTL(PROCESS, PROCMAP_QUERY_REQUEST),
	ANY("perf_event_open", FAULTS),
	ONLY("sched_setaffinity", FAULTS, 1, INT_MASK, 0),
	IOCTL(FAULTS, PERF_REQUEST(0)),
	IOCTL(FAULTS, PERF_REQUEST(1)),
	IOCTL(FAULTS, PERF_REQUEST(3)),
	IOCTL(FAULTS, PERF_REQUEST(5)),
	IOCTL(FAULTS, PERF_ID),
	ONLY("ptrace", COMMAND, 1, INT_MASK, PTRACE_CONT),
	ONLY("ptrace", COMMAND, 1, INT_MASK, PTRACE_DETACH),
};

static const char *const unknown[] = {"clone3", NULL};

const struct sandbox_call *sandbox_calls(size_t *ret_count)
{
	*ret_count = sizeof(calls) / sizeof(calls[0]);
	return calls;
}

const char *const *sandbox_calls_unknown(void)
{
	return unknown;
}
