using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Shared;

/// <summary>The image of <see cref="RayTracing"/>; each takes a row when it is free, and rows differ.</summary>
internal sealed class SharedRayTracing(int threads) : SharedTask(threads)
{
    private readonly Scene scene = new();
    private readonly double[] image = new double[Scene.Width * Scene.Height];

    protected override void Reset() => Array.Clear(image);

    protected override double Run(int member)
    {
        while (Take(Scene.Height, out var y))
            scene.Row(y, image.AsSpan(y * Scene.Width, Scene.Width));
        return image.Length / 1e6;
    }

    protected override void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(image.AsSpan()));
}

/// <summary>1,024 bodies as <see cref="NBody"/> has them, one step: they are shared out, then all wait for all.</summary>
internal sealed class SharedNBody(int threads) : SharedTask(threads)
{
    private readonly Bodies bodies = new(1024, new DeterministicRandom(22));

    protected override void Reset() => bodies.Reset();

    protected override double Run(int member)
    {
        while (Take(bodies.Count / Bodies.Block, out var block))
            bodies.Accelerate(block * Bodies.Block);
        Meet();
        if (member == 0)
            bodies.Move();
        return (double)bodies.Count * bodies.Count / 1e6;
    }

    protected override void AppendOutput(IncrementalHash hash) => bodies.AppendTo(hash);
}

/// <summary>The search of <see cref="TextSearch"/> over one text of 1 MiB, in pieces of lines.</summary>
internal sealed class SharedTextSearch : SharedTask
{
    private const int Pieces = 32;

    private readonly string text = System.Text.Encoding.ASCII.GetString(PseudoText.Create(1 << 20, new DeterministicRandom(23)));
    private readonly int[] ends;
    private readonly TextSearch.MatchSum[] found = new TextSearch.MatchSum[Pieces];

    public SharedTextSearch(int threads)
        : base(threads) =>
        ends = [0, .. Enumerable.Range(1, Pieces - 1).Select(piece => text.IndexOf('\n', piece * (text.Length / Pieces)) + 1), text.Length];

    protected override void Reset() => Array.Clear(found);

    protected override double Run(int member)
    {
        while (Take(Pieces, out var piece))
            found[piece] = TextSearch.Search(text.AsSpan(ends[piece]..ends[piece + 1]));
        return text.Length / 1e6;
    }

    protected override void AppendOutput(IncrementalHash hash)
    {
        foreach (var sum in found)
            sum.AppendTo(hash);
    }
}
