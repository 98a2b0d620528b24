/*
 * The kernels of the GPU workloads. As they stand for OpenCL C; GpuKernels.ptx is the same for NVIDIA's driver, made by
 *   clang -x cuda --cuda-device-only --cuda-gpu-arch=sm_52 -nocudainc -nocudalib -O3 -S GpuKernels.cl -o GpuKernels.ptx
 */
#ifdef __CUDA__
#define KERNEL extern "C" __attribute__((global))
#define GLOBAL
#define LOCAL __attribute__((shared))
#define GROUP_X __nvvm_read_ptx_sreg_ctaid_x()
#define GROUP_Y __nvvm_read_ptx_sreg_ctaid_y()
#define ITEM_X __nvvm_read_ptx_sreg_tid_x()
#define ITEM_Y __nvvm_read_ptx_sreg_tid_y()
#define ITEM (GROUP_X * __nvvm_read_ptx_sreg_ntid_x() + ITEM_X)
#define MEET __nvvm_bar_sync(0)
__attribute__((device)) inline float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
__attribute__((device)) inline double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
#else
#define KERNEL __kernel
#define GLOBAL __global
#define LOCAL __local
#define GROUP_X ((int)get_group_id(0))
#define GROUP_Y ((int)get_group_id(1))
#define ITEM_X ((int)get_local_id(0))
#define ITEM_Y ((int)get_local_id(1))
#define ITEM ((int)get_global_id(0))
#define MEET barrier(CLK_LOCAL_MEM_FENCE)
#endif

/* Twelve chains of fused multiply-adds in registers. Each counts from a number of its own, lest a compiler see that all do the same. */
#define COUNT(T) \
    T c0 = 0, c1 = 1, c2 = 2, c3 = 3, c4 = 4, c5 = 5, c6 = 6, c7 = 7, c8 = 8, c9 = 9, c10 = 10, c11 = 11; \
    for (int i = 0; i < rounds; i++) { \
        c0 = fma(c0, one, one); c1 = fma(c1, one, one); c2 = fma(c2, one, one); c3 = fma(c3, one, one); \
        c4 = fma(c4, one, one); c5 = fma(c5, one, one); c6 = fma(c6, one, one); c7 = fma(c7, one, one); \
        c8 = fma(c8, one, one); c9 = fma(c9, one, one); c10 = fma(c10, one, one); c11 = fma(c11, one, one); \
    } \
    out[ITEM] = (c1 == c0 + 1 && c2 == c0 + 2 && c3 == c0 + 3 && c4 == c0 + 4 && c5 == c0 + 5 && c6 == c0 + 6 \
        && c7 == c0 + 7 && c8 == c0 + 8 && c9 == c0 + 9 && c10 == c0 + 10 && c11 == c0 + 11) ? c0 : -1;

KERNEL void count32(GLOBAL float *out, float one, int rounds) { COUNT(float) }

#ifndef NO_DOUBLE
KERNEL void count64(GLOBAL double *out, double one, int rounds) { COUNT(double) }
#endif

/* C = A B for n x n matrices, n a multiple of 64: a group of 16 x 16 items makes a tile of 64 x 64, each item 4 x 4 of it. */
KERNEL void multiply(GLOBAL const float *a, GLOBAL const float *b, GLOBAL float *c, int n)
{
    LOCAL float rows[16][68];
    LOCAL float columns[16][64];
    int x = ITEM_X, y = ITEM_Y, item = y * 16 + x;
    int top = GROUP_Y * 64, left = GROUP_X * 64;
    float sum[4][4];
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            sum[i][j] = 0;
    for (int k = 0; k < n; k += 16) {
        for (int i = 0; i < 4; i++) {
            int at = item + 256 * i;
            rows[at % 16][at / 16] = a[(top + at / 16) * n + k + at % 16];
            columns[at / 64][at % 64] = b[(k + at / 64) * n + left + at % 64];
        }
        MEET;
        for (int d = 0; d < 16; d++)
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 4; j++)
                    sum[i][j] = fma(rows[d][y + 16 * i], columns[d][x + 16 * j], sum[i][j]);
        MEET;
    }
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            c[(top + y + 16 * i) * n + left + x + 16 * j] = sum[i][j];
}
