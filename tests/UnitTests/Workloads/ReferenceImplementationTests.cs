using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PcBench.Cli.Workloads;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Workloads;

/// <summary>The catalog's digests against the plainest code that does the same: a fast kernel may be wrong in a steady way.</summary>
public class ReferenceImplementationTests
{
    [Fact]
    public void The_matrix_product_is_that_of_three_plain_loops()
    {
        const int n = 576;
        var (a, b, c) = (Matrix(6), Matrix(7), new float[n * n]);
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                for (var j = 0; j < n; j++)
                    c[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }

        Digest("matrix-multiply.single", c);

        static float[] Matrix(ulong seed)
        {
            var random = new DeterministicRandom(seed);
            return [.. Enumerable.Range(0, n * n).Select(_ => random.Next(17) - 8f)];
        }
    }

    [Fact]
    public void The_fractal_is_that_of_one_pixel_at_a_time()
    {
        var iterations = new int[512 * 256];
        for (var pixel = 0; pixel < iterations.Length; pixel++)
        {
            float cx = -2f + pixel % 512 * (3f / 512), cy = -1f + pixel / 512 * (1f / 128);
            var (x, y) = (cx, cy);
            for (; iterations[pixel] < 256 && x * x + y * y < 4f; iterations[pixel]++)
            {
                var xy = x * y;
                (x, y) = (x * x - y * y + cx, xy + xy + cy);
            }
        }

        Digest("fractal.single", iterations);
    }

    [Fact]
    public void The_sorted_numbers_are_those_of_another_sort()
    {
        var numbers = new int[64 * 1024];
        new DeterministicRandom(4).Fill(MemoryMarshal.AsBytes(numbers.AsSpan()));

        Digest("sort.single", numbers.OrderBy(number => number).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Narrow_and_wide_matrix_tiles_give_the_same(bool wide)
    {
        using var kernel = new MatrixMultiply(wide);

        kernel.Run();

        KernelTests.Digest(kernel).ShouldBe(WorkloadCatalog.Find("matrix-multiply.single")!.Digest);
    }

    private static void Digest<T>(string id, T[] output)
        where T : unmanaged =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(output.AsSpan()))).ShouldBe(WorkloadCatalog.Find(id)!.Digest);
}
