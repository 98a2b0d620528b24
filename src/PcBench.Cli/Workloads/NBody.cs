using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// 256 bodies that attract each other, 8 steps by leapfrog (softened, as in S. J. Aarseth, "Gravitational N-body simulations"):
/// 65,280 pairs a step in double precision with as many lanes as the processor has, half of the time divisions and square
/// roots. Each lane is a body and sums in one order, so the orbits are the same to the bit everywhere.
/// </summary>
internal sealed class NBody : IKernel
{
    private const int Steps = 8;

    private readonly Bodies bodies = new(256, new DeterministicRandom(16));

    public void Reset() => bodies.Reset();

    public double Run()
    {
        bodies.Reset();
        for (var step = 0; step < Steps; step++)
        {
            for (var first = 0; first < bodies.Count; first += Bodies.Block)
                bodies.Accelerate(first);
            bodies.Move();
        }

        return (double)bodies.Count * bodies.Count * Steps / 1e6;
    }

    public void AppendOutput(IncrementalHash hash) => bodies.AppendTo(hash);

    public void Dispose()
    {
    }
}

/// <summary>Bodies with equal masses.</summary>
internal sealed class Bodies
{
    /// <summary>Bodies whose speed is changed at a time: a multiple of every processor's lanes.</summary>
    public const int Block = 16;

    private const double Time = 1.0 / 1024;
    private const double Softening = 1.0 / 64;

    private readonly double[][] start;
    private readonly double[][] now;

    public Bodies(int count, DeterministicRandom random)
    {
        Count = count;
        start = [.. Enumerable.Range(0, 6).Select(axis => new double[count])];
        for (var body = 0; body < count; body++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                start[axis][body] = random.Next(1 << 16) / 32768.0 - 1;
                start[axis + 3][body] = (random.Next(1 << 16) / 32768.0 - 1) / 8;
            }
        }

        now = [.. start.Select(axis => axis.ToArray())];
    }

    public int Count { get; }

    public void Reset()
    {
        for (var axis = 0; axis < now.Length; axis++)
            start[axis].CopyTo(now[axis], 0);
    }

    /// <summary>Changes the speed of a block of bodies by the pull of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Accelerate(int first)
    {
        var (x, y, z) = (now[0], now[1], now[2]);
        var step = new Vector<double>(Time / Count);
        for (var i = first; i < first + Block; i += Vector<double>.Count)
        {
            var (px, py, pz) = (new Vector<double>(x, i), new Vector<double>(y, i), new Vector<double>(z, i));
            var (ax, ay, az) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
            for (var j = 0; j < x.Length; j++)
            {
                var (dx, dy, dz) = (new Vector<double>(x[j]) - px, new Vector<double>(y[j]) - py, new Vector<double>(z[j]) - pz);
                var square = dx * dx + dy * dy + dz * dz + new Vector<double>(Softening);
                var pull = Vector<double>.One / (square * Vector.SquareRoot(square));
                ax += dx * pull;
                ay += dy * pull;
                az += dz * pull;
            }

            (new Vector<double>(now[3], i) + ax * step).CopyTo(now[3], i);
            (new Vector<double>(now[4], i) + ay * step).CopyTo(now[4], i);
            (new Vector<double>(now[5], i) + az * step).CopyTo(now[5], i);
        }
    }

    /// <summary>Moves all bodies for one step of time.</summary>
    public void Move()
    {
        for (var axis = 0; axis < 3; axis++)
        {
            for (var body = 0; body < Count; body++)
                now[axis][body] += now[axis + 3][body] * Time;
        }
    }

    public void AppendTo(IncrementalHash hash)
    {
        foreach (var axis in now)
            hash.AppendData(MemoryMarshal.AsBytes(axis.AsSpan()));
    }
}
