/* What a C program reaches on this machine, by the same work and the same rule as pcbench: one warm-up, then samples; the figure is
   the mean of the three best. Prints a line "WORKLOAD FIGURE" each. Built and run by bench/run native:
   gcc -O3 -march=native -ffp-contract=fast yardsticks.c -lopenblas -lcrypto -lbrotlienc */
#define _GNU_SOURCE
#include <brotli/encode.h>
#include <cblas.h>
#include <immintrin.h>
#include <openssl/evp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

void openblas_set_num_threads(int);

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

/* Memory on huge pages, as pcbench has it. */
static void *memory(size_t bytes)
{
    void *p = aligned_alloc(2 << 20, (bytes + (2 << 20) - 1) & ~((size_t)(2 << 20) - 1));
    madvise(p, bytes, MADV_HUGEPAGE);
    memset(p, 0, bytes);
    return p;
}

static int ascending(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : 1; }

static const char *wanted;

/* Time of a piece of work that returns how many pieces it did. */
static double best_of(double (*work)(void))
{
    enum { SAMPLES = 24 };
    double times[SAMPLES];
    double amount = work();
    for (int i = 0; i < SAMPLES; i++) {
        double start = now();
        amount = work();
        times[i] = (now() - start) / amount;
    }
    qsort(times, SAMPLES, sizeof(double), ascending);
    return (times[0] + times[1] + times[2]) / 3;
}

/* The faster of two ways where there are two; lower is better where the figure is a time of one piece. */
static void measure_both(const char *name, double (*one)(void), double (*other)(void), int lower)
{
    if (!strstr(wanted, name))
        return;
    double best = best_of(one), second = other ? best_of(other) : best;
    best = second < best ? second : best;
    printf("%s %.6g\n", name, lower ? best : 1 / best);
}

static void measure(const char *name, double (*work)(void), int lower) { measure_both(name, work, NULL, lower); }

static size_t elements;
static double *a, *b, *c;
static volatile double sink;

static double triad(void)
{
    __m256d three = _mm256_set1_pd(3);
    for (size_t i = 0; i < elements; i += 4)
        _mm256_stream_pd(a + i, _mm256_fmadd_pd(_mm256_load_pd(c + i), three, _mm256_load_pd(b + i)));
    _mm_sfence();
    return 24.0 * elements / 1e9;
}

static double copy(void)
{
    for (size_t i = 0; i < elements; i += 4)
        _mm256_stream_pd(a + i, _mm256_load_pd(b + i));
    _mm_sfence();
    return 16.0 * elements / 1e9;
}

#ifdef __AVX512F__
static double copy_wide(void)
{
    for (size_t i = 0; i < elements; i += 8)
        _mm512_stream_pd(a + i, _mm512_load_pd(b + i));
    _mm_sfence();
    return 16.0 * elements / 1e9;
}

static double add_up_wide(void)
{
    __m512d s0 = _mm512_setzero_pd(), s1 = s0, s2 = s0, s3 = s0;
    for (size_t i = 0; i < elements; i += 32) {
        s0 = _mm512_add_pd(s0, _mm512_load_pd(b + i));
        s1 = _mm512_add_pd(s1, _mm512_load_pd(b + i + 8));
        s2 = _mm512_add_pd(s2, _mm512_load_pd(b + i + 16));
        s3 = _mm512_add_pd(s3, _mm512_load_pd(b + i + 24));
    }
    sink = _mm512_reduce_add_pd(_mm512_add_pd(_mm512_add_pd(s0, s1), _mm512_add_pd(s2, s3)));
    return 8.0 * elements / 1e9;
}
#else
#define copy_wide NULL
#define add_up_wide NULL
#endif

static double fill(void)
{
    __m256d seven = _mm256_set1_pd(7);
    for (size_t i = 0; i < elements; i += 4)
        _mm256_stream_pd(a + i, seven);
    _mm_sfence();
    return 8.0 * elements / 1e9;
}

static double add_up(void)
{
    __m256d s0 = _mm256_setzero_pd(), s1 = s0, s2 = s0, s3 = s0;
    for (size_t i = 0; i < elements; i += 16) { /* two lines in turn: 4 in turn, as gcc makes of a plain loop, are 7 % slower on a Zen 4 */
        s0 = _mm256_add_pd(s0, _mm256_load_pd(b + i));
        s1 = _mm256_add_pd(s1, _mm256_load_pd(b + i + 4));
        s2 = _mm256_add_pd(s2, _mm256_load_pd(b + i + 8));
        s3 = _mm256_add_pd(s3, _mm256_load_pd(b + i + 12));
    }
    s0 = _mm256_add_pd(_mm256_add_pd(s0, s1), _mm256_add_pd(s2, s3));
    sink = s0[0] + s0[1] + s0[2] + s0[3];
    return 8.0 * elements / 1e9;
}

typedef struct line { struct line *next; long pad[7]; } line;
static line *walker;

static void lay_out(size_t bytes)
{
    size_t n = bytes / sizeof(line);
    line *lines = memory(bytes);
    uint32_t *order = malloc(n * 4);
    uint64_t state = 8;
    for (size_t i = 0; i < n; i++) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        size_t j = (size_t)(((unsigned __int128)state * (i + 1)) >> 64);
        order[i] = order[j];
        order[j] = i;
    }
    for (size_t i = 0; i < n; i++)
        lines[order[i]].next = &lines[order[(i + 1) % n]];
    walker = &lines[order[0]];
    free(order);
}

static double walk(void)
{
    enum { LOADS = 64 * 1024 };
    line *p = walker;
    for (int i = 0; i < LOADS; i += 16)
        p = p->next->next->next->next->next->next->next->next->next->next->next->next->next->next->next->next;
    walker = p;
    return LOADS / 1e9;
}

#ifdef __AVX512F__
typedef __m512 vf;
typedef __m512d vd;
#define FMA32(x, o) _mm512_fmadd_ps(x, o, o)
#define FMA64(x, o) _mm512_fmadd_pd(x, o, o)
#define SET32 _mm512_set1_ps
#define SET64 _mm512_set1_pd
#else
typedef __m256 vf;
typedef __m256d vd;
#define FMA32(x, o) _mm256_fmadd_ps(x, o, o)
#define FMA64(x, o) _mm256_fmadd_pd(x, o, o)
#define SET32 _mm256_set1_ps
#define SET64 _mm256_set1_pd
#endif

#define PEAK(name, V, T, FMA, SET) \
    static double name(void) \
    { \
        enum { ROUNDS = 3000000 }; \
        volatile T runtime_one = 1; \
        V one = SET(runtime_one), s[12]; \
        for (int k = 0; k < 12; k++) s[k] = SET(0); \
        for (int i = 0; i < ROUNDS; i++) \
            for (int k = 0; k < 12; k++) s[k] = FMA(s[k], one); \
        for (int k = 1; k < 12; k++) s[0] += s[k]; \
        sink = ((T *)s)[0]; \
        return 2.0 * 12 * ROUNDS * (sizeof(V) / sizeof(T)) / 1e9; \
    }
PEAK(peak32, vf, float, FMA32, SET32)
PEAK(peak64, vd, double, FMA64, SET64)

enum { MESSAGE = 256 * 1024 };
static unsigned char plain[MESSAGE], cipher[MESSAGE + 16], key[32], nonce[12];

static double gcm(void)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce);
    int length;
    for (int i = 0; i < 256; i++) {
        memcpy(nonce, &i, 4);
        EVP_EncryptInit_ex(context, NULL, NULL, NULL, nonce);
        EVP_EncryptUpdate(context, cipher, &length, plain, MESSAGE);
        EVP_EncryptFinal_ex(context, cipher + length, &length);
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, cipher + MESSAGE);
    }
    EVP_CIPHER_CTX_free(context);
    return 256.0 * MESSAGE / 1e9;
}

static double sha(void)
{
    unsigned char digest[32];
    for (int i = 0; i < 128; i++)
        EVP_Digest(plain, MESSAGE, digest, NULL, EVP_sha256(), NULL);
    return 128.0 * MESSAGE / 1e9;
}

static float *ma, *mb, *mc;

static double product(void)
{
    enum { N = 576 };
    for (int i = 0; i < 4; i++)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1, ma, N, mb, N, 0, mc, N);
    return 4 * 2.0 * N * N * N / 1e9;
}

static unsigned char text[MESSAGE], packed[MESSAGE];

static double brotli(void)
{
    for (int i = 0; i < 2; i++) {
        size_t length = sizeof packed;
        BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, MESSAGE, text, &length, packed);
    }
    return 2.0 * MESSAGE / 1e6;
}

/* usage: yardsticks PROCESSOR BYTES-OF-AN-ARRAY TEXT-FILE WORKLOADS */
int main(int count, char **arguments)
{
    if (count != 5)
        return 2;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(atoi(arguments[1]), &set);
    sched_setaffinity(0, sizeof set, &set);
    openblas_set_num_threads(1);
    wanted = arguments[4];

    if (strstr(wanted, "memory-")) {
        elements = strtoull(arguments[2], NULL, 10) / 8 / 1024 * 1024;
        a = memory(elements * 8), b = memory(elements * 8), c = memory(elements * 8);
        for (size_t i = 0; i < elements; i++)
            b[i] = i % 1024, c[i] = 7 * i % 1024;
        measure("memory-bandwidth.single", triad, 0);
        measure_both("memory-copy.single", copy, copy_wide, 0);
        measure_both("memory-read.single", add_up, add_up_wide, 0);
        measure("memory-write.single", fill, 0);
        lay_out(256 << 20);
        measure("memory-latency", walk, 1);
    }
    measure("fma-fp32.single", peak32, 0);
    measure("fma-fp64.single", peak64, 0);
    measure("aes-gcm.single", gcm, 0);
    measure("sha-256.single", sha, 0);
    ma = memory(576 * 576 * 4), mb = memory(576 * 576 * 4), mc = memory(576 * 576 * 4);
    for (int i = 0; i < 576 * 576; i++)
        ma[i] = i % 17 - 8, mb[i] = i % 13 - 6;
    measure("matrix-multiply.single", product, 0);
    FILE *file = fopen(arguments[3], "rb");
    if (file && fread(text, 1, MESSAGE, file) == MESSAGE)
        measure("brotli.single", brotli, 0);
    return 0;
}
