using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// The fast Fourier transform of 16,384 complex numbers in double precision by Stockham's algorithm (W. T. Cochran et al.,
/// "What is the fast Fourier transform?", Proc. IEEE 55, 1967): 14 passes over 512 KiB, so that second-level caches work as hard as
/// the arithmetic. No fused operations and factors made of square roots, so the spectrum is the same to the bit everywhere.
/// </summary>
internal sealed class Fourier : IKernel
{
    private const int Length = 16 * 1024;

    private readonly FourierPlan plan = new(Length);
    private readonly double[] signal = new double[2 * Length];
    private readonly double[] spectrum = new double[2 * Length];

    public Fourier()
    {
        var random = new DeterministicRandom(14);
        foreach (ref var sample in signal.AsSpan())
            sample = random.Next(2001) - 1000;
    }

    public void Reset() => Array.Clear(spectrum);

    public double Run()
    {
        signal.CopyTo(spectrum, 0);
        plan.Transform(spectrum.AsSpan(0, Length), spectrum.AsSpan(Length));
        return FourierPlan.Operations(Length) / 1e9;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(spectrum.AsSpan()));

    public void Dispose()
    {
    }
}

/// <summary>Factors and working memory for transforms of one length, for one thread.</summary>
internal sealed class FourierPlan
{
    private readonly int length;
    private readonly double[] cosines;
    private readonly double[] sines;
    private readonly double[] workReal;
    private readonly double[] workImaginary;

    /// <summary>For a length that is a power of two.</summary>
    public FourierPlan(int length)
    {
        this.length = length;
        (workReal, workImaginary) = (new double[length], new double[length]);
        (cosines, sines) = (new double[length / 2], new double[length / 2]);
        cosines[0] = 1;

        // By halving angles: only square roots and divisions, which every machine rounds alike, as it does not sines.
        for (var (step, cosine, sine) = (length / 4, 0.0, 1.0); step >= 1; step /= 2)
        {
            for (var k = step; k < length / 2; k += 2 * step)
            {
                var (c, s) = (cosines[k - step], sines[k - step]);
                (cosines[k], sines[k]) = (c * cosine - s * sine, s * cosine + c * sine);
            }

            cosine = Math.Sqrt((1 + cosine) / 2);
            sine /= 2 * cosine;
        }
    }

    /// <summary>Operations that a transform is counted with, as FFTW's authors do: 5 n log2 n.</summary>
    public static double Operations(int length) => 5.0 * length * BitOperations.Log2((uint)length);

    /// <summary>Transforms in place.</summary>
    public void Transform(Span<double> real, Span<double> imaginary)
    {
        Span<double> otherReal = workReal, otherImaginary = workImaginary;
        Span<double> fromReal = real, fromImaginary = imaginary;
        var passes = 0;
        for (var stride = 1; stride < length; stride *= 2, passes++)
        {
            Pass(fromReal, fromImaginary, otherReal, otherImaginary, stride);
            var swap = fromReal;
            fromReal = otherReal;
            otherReal = swap;
            swap = fromImaginary;
            fromImaginary = otherImaginary;
            otherImaginary = swap;
        }

        if (passes % 2 == 0)
            return;
        fromReal.CopyTo(real);
        fromImaginary.CopyTo(imaginary);
    }

    /// <summary>One pass: sums and turned differences of the two halves, sorted as they are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Pass(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> toRe, Span<double> toIm, int stride)
    {
        var half = length / 2;
        var lanes = Vector<double>.Count;
        for (var block = 0; block < half; block += stride)
        {
            var (c, s) = (cosines[block], -sines[block]);
            var low = 2 * block;
            var high = low + stride;
            var i = 0;
            for (; i + lanes <= stride; i += lanes)
            {
                var (ar, ai) = (new Vector<double>(re[(block + i)..]), new Vector<double>(im[(block + i)..]));
                var (br, bi) = (new Vector<double>(re[(block + i + half)..]), new Vector<double>(im[(block + i + half)..]));
                var (dr, di) = (ar - br, ai - bi);
                (ar + br).CopyTo(toRe[(low + i)..]);
                (ai + bi).CopyTo(toIm[(low + i)..]);
                (dr * c - di * s).CopyTo(toRe[(high + i)..]);
                (dr * s + di * c).CopyTo(toIm[(high + i)..]);
            }

            for (; i < stride; i++)
            {
                var (dr, di) = (re[block + i] - re[block + i + half], im[block + i] - im[block + i + half]);
                toRe[low + i] = re[block + i] + re[block + i + half];
                toIm[low + i] = im[block + i] + im[block + i + half];
                toRe[high + i] = dr * c - di * s;
                toIm[high + i] = dr * s + di * c;
            }
        }
    }
}
