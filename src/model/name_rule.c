/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/name_rule.h"

#include <string.h>

#include "model/vma.h"

/* Kinds of a private and of a shared mapping. */
#define ALWAYS(kind) (kind), (kind)
#define MEMORY(kind) (kind), KIND_SHARED

/* Words and example. */
#define HAS_NO_WORDS NULL, NULL
#define SAYS(words)  (words), NULL
#define AS(name)     NULL, (name)

/*
 * fs/proc/task_mmu.c; the _install_special_mapping() and arch_vma_name() of the architectures;
 * what mm/, ipc/ and drivers/gpu/ give to shmem_file_setup(), hugetlb_file_setup() and
 * alloc_file_pseudo(), and fs/, drivers/vfio/, virt/kvm/ to anon_inode_getfile();
 * Documentation/filesystems/proc.rst. glibc's names come with its tunable
 * glibc.mem.decorate_maps, bionic's always. [stack:TID] was written by Linux 3.4 to 4.4, [mpx] by
 * 3.19 to 5.5. The first rule that fits counts.
 */
static const struct name_rule rules[] = {
	/* What the kernel maps at execve. */
	{"[heap]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_HEAP), HAS_NO_WORDS},
	{"[stack]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_STACK), HAS_NO_WORDS},
	{"[stack:", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_THREAD_STACK), AS("[stack:12]")},
	{"[vdso", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_VDSO), AS("[vdso]")},
	{"[vvar", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_VVAR), AS("[vvar_vclock]")},
	{"[vsyscall]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_VSYSCALL), HAS_NO_WORDS},
	{"[sigpage]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_VDSO),
	 SAYS("the code that signal handlers return to")},
	{"[vectors]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_VDSO),
	 SAYS("the exception vectors, with helpers for user code")},
	{"[kuser]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_VDSO),
	 SAYS("helpers of the kernel for user code")},
	{"[gate]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_VDSO),
	 SAYS("the page through which system calls go")},
	{"[uprobes", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_VDSO),
	 "instructions that uprobes replaced, to run them out of line", "[uprobes]"},
	{"[mpx]", NAME_WHOLE, NAME_ANYWHERE, MEMORY(KIND_ANON), SAYS("bounds tables of MPX")},

	/* Names that programs give: prctl(2), PR_SET_VMA_ANON_NAME. */
	{"[anon: glibc: malloc arena]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_ARENA),
	 HAS_NO_WORDS},
	{"[anon: glibc: pthread stack", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_THREAD_STACK),
	 AS("[anon: glibc: pthread stack: 12]")},
	{"[anon: glibc: pthread user stack", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_THREAD_STACK),
	 AS("[anon: glibc: pthread user stack: 12]")},
	{"[anon:stack_and_tls:", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_THREAD_STACK),
	 AS("[anon:stack_and_tls:12]")},
	{"[anon:", NAME_PREFIX, NAME_ANYWHERE, MEMORY(KIND_ANON), AS("[anon:my cache]")},
	{"[anon_shmem:", NAME_PREFIX, NAME_ANYWHERE, MEMORY(KIND_ANON), AS("[anon_shmem:cache]")},

	/* Files without a file system that could be mounted, told by their names. */
	{"anon_inode:[io_uring]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_DEVICE),
	 SAYS("queues of io_uring, which the kernel also reads and writes")},
	{"anon_inode:[perf_event]", NAME_WHOLE, NAME_ANYWHERE, ALWAYS(KIND_DEVICE),
	 SAYS("buffer that the kernel writes performance events to")},
	{"anon_inode:bpf", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_DEVICE),
	 "data of BPF programs, which run in the kernel", "anon_inode:bpf-map"},
	{"anon_inode:kvm-vcpu", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_DEVICE),
	 "state of a virtual processor of KVM", "anon_inode:kvm-vcpu:0"},
	{"anon_inode:[kvm-gmem]", NAME_WHOLE, NAME_ANYWHERE, MEMORY(KIND_SHARED),
	 SAYS("memory of a virtual machine of KVM")},
	{"anon_inode:[vfio", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_DEVICE),
	 "memory of a device that VFIO gives to the process", "anon_inode:[vfio-device]"},
	{"anon_inode:", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_DEVICE),
	 "memory of the kernel, behind a file descriptor", "anon_inode:i915.gem"},
	{"socket:", NAME_PREFIX, NAME_ANYWHERE, ALWAYS(KIND_DEVICE), "ring of packets of a socket",
	 "socket:[123]"},
	{"/dmabuf:", NAME_PREFIX, NAME_UNMOUNTED, ALWAYS(KIND_DEVICE),
	 "buffer that drivers share (dma-buf)", "/dmabuf:frame"},
	{"/[aio]", NAME_WHOLE, NAME_UNMOUNTED, ALWAYS(KIND_DEVICE),
	 SAYS("ring of finished requests of io_setup")},
	{"/[kvm-gmem]", NAME_WHOLE, NAME_UNMOUNTED, MEMORY(KIND_SHARED),
	 SAYS("memory of a virtual machine of KVM")},

	/* Files of the kernel's own tmpfs, or hugetlbfs. */
	{"/memfd:", NAME_PREFIX, NAME_SHMEM, MEMORY(KIND_SHARED),
	 "memory behind a file descriptor: memfd_create", "/memfd:pool"},
	{"/SYSV", NAME_PREFIX, NAME_SHMEM, MEMORY(KIND_SHARED), "System V shared memory: shmget",
	 "/SYSV00001234"},
	{"/dev/zero", NAME_WHOLE, NAME_SHMEM, MEMORY(KIND_SHARED),
	 SAYS("anonymous memory shared with child processes: mmap with MAP_SHARED")},
	{"/anon_hugepage", NAME_WHOLE, NAME_SHMEM, MEMORY(KIND_ANON),
	 SAYS("anonymous memory in huge pages: mmap with MAP_HUGETLB")},
	{"/dev/ashmem", NAME_PREFIX, NAME_SHMEM, MEMORY(KIND_ANON), "memory of Android's ashmem",
	 "/dev/ashmem/dalvik-main space"},
	{"/drm mm object", NAME_WHOLE, NAME_SHMEM, ALWAYS(KIND_DEVICE),
	 SAYS("buffer of a graphics driver (GEM)")},
	{"/i915", NAME_WHOLE, NAME_SHMEM, ALWAYS(KIND_DEVICE),
	 SAYS("buffer of Intel's graphics driver (GEM)")},
	{"/secretmem", NAME_WHOLE, NAME_SECRETMEM, MEMORY(KIND_SHARED),
	 SAYS("secret memory: memfd_secret; the kernel does not map it")},

	/* Files that are no ordinary ones. */
	{"", NAME_PREFIX, NAME_ZEROES, MEMORY(KIND_ANON),
	 "anonymous memory: a mapping of the device /dev/zero", "/srv/null/zero"},
	{"/dev/zero", NAME_WHOLE, NAME_DEVICES, MEMORY(KIND_ANON),
	 SAYS("anonymous memory: a mapping of /dev/zero")},
	{"", NAME_PREFIX, NAME_DEVICES, ALWAYS(KIND_DEVICE), AS("/dev/dri/card0")},
	{"", NAME_PREFIX, NAME_KERNEL, ALWAYS(KIND_DEVICE),
	 "memory of a device or of the kernel, from procfs or sysfs",
	 "/sys/devices/pci0000:00/0000:00:02.0/resource0"},
	{"", NAME_PREFIX, NAME_HUGETLBFS, MEMORY(KIND_SHARED), "huge pages: a file of hugetlbfs",
	 "/srv/pool"},
	{"", NAME_PREFIX, NAME_TMPFS, MEMORY(KIND_FILE),
	 "a file of tmpfs, which is in memory: shm_open", "/srv/queue"},

	/* Where they are mounted as a rule, if nobody looked. */
	{"/dev/shm/", NAME_PREFIX, NAME_NOT_LOOKED, MEMORY(KIND_FILE),
	 "most likely shared memory: shm_open", "/dev/shm/pulse"},
	{"/dev/hugepages/", NAME_PREFIX, NAME_NOT_LOOKED, MEMORY(KIND_SHARED),
	 "most likely huge pages: a file of hugetlbfs", "/dev/hugepages/pool"},
	{"/dev/zero", NAME_WHOLE, NAME_NOT_LOOKED, MEMORY(KIND_ANON),
	 SAYS("most likely anonymous memory: a mapping of /dev/zero")},
	{"/dev/", NAME_PREFIX, NAME_NOT_LOOKED, ALWAYS(KIND_DEVICE), AS("/dev/nvidia0")},
	{"/sys/", NAME_PREFIX, NAME_NOT_LOOKED, ALWAYS(KIND_DEVICE), AS("/sys/x/resource0")},
	{"/proc/", NAME_PREFIX, NAME_NOT_LOOKED, ALWAYS(KIND_DEVICE), AS("/proc/bus/pci/00/02.0")},
};

static bool lies_in(const struct vma *vma, enum file_system file_system)
{
	return vma->file_system == file_system || vma->file_system == FILE_SYSTEM_UNKNOWN;
}

/*
 * File systems without a disk have devices whose major number is 0; 0:0 is no file. Where the
 * numbers are not known, it may be so: the name decides.
 */
static bool has_no_disk(const struct vma *vma)
{
	return (vma->dev_major == 0 && vma->dev_minor != 0) || !vma_is_numbered(vma);
}

static bool is_ordinary(const struct vma *vma)
{
	return vma->file_system == FILE_SYSTEM_ORDINARY ||
	       (vma->file_system == FILE_SYSTEM_UNKNOWN && !has_no_disk(vma));
}

static bool agrees(const struct vma *vma, enum name_place place)
{
	switch (place) {
	case NAME_ANYWHERE: return vma->name[0] != '/';
	case NAME_UNMOUNTED: return has_no_disk(vma) && lies_in(vma, FILE_SYSTEM_ABSENT);
	case NAME_SHMEM:
		return has_no_disk(vma) && vma->deleted &&
		       (lies_in(vma, FILE_SYSTEM_SHMEM) ||
			vma->file_system == FILE_SYSTEM_HUGETLBFS);
	case NAME_SECRETMEM:
		return has_no_disk(vma) && vma->deleted && lies_in(vma, FILE_SYSTEM_SECRETMEM);
	case NAME_TMPFS: return vma->file_system == FILE_SYSTEM_TMPFS;
	case NAME_HUGETLBFS: return vma->file_system == FILE_SYSTEM_HUGETLBFS;
	case NAME_ZEROES: return vma->file_system == FILE_SYSTEM_ZEROES;
	case NAME_DEVICES: return vma->file_system == FILE_SYSTEM_DEVICES;
	case NAME_KERNEL: return vma->file_system == FILE_SYSTEM_KERNEL;
	default: return has_no_disk(vma) && vma->file_system == FILE_SYSTEM_UNKNOWN;
	}
}

static bool is_called(const struct vma *vma, const struct name_rule *rule)
{
	if (rule->match == NAME_WHOLE)
		return strcmp(vma->name, rule->name) == 0;
	return strncmp(vma->name, rule->name, strlen(rule->name)) == 0;
}

const struct name_rule *name_rule_find(const struct vma *vma)
{
	/* Most VMAs have no name or an ordinary path. */
	if (!vma->name[0] || (vma->name[0] == '/' && is_ordinary(vma)))
		return NULL;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (agrees(vma, rules[i].place) && is_called(vma, &rules[i]))
			return &rules[i];
	return NULL;
}

bool name_rule_is_memory(const struct name_rule *rule)
{
	return rule->shared_kind == KIND_SHARED;
}

const struct name_rule *name_rule_table(size_t *ret_count)
{
	*ret_count = sizeof(rules) / sizeof(rules[0]);
	return rules;
}
