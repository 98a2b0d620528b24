using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// An image of 192 × 108 points of a scene of spheres over a floor: shadows, and mirrors three deep (T. Whitted, "An improved
/// illumination model for shaded display", CACM 23, 1980). Scalar double precision with divisions, square roots and branches
/// that follow the scene. Only operations that IEEE 754 rounds in one way, so the image is the same to the bit everywhere.
/// </summary>
internal sealed class RayTracing : IKernel
{
    private readonly Scene scene = new();
    private readonly double[] image = new double[Scene.Width * Scene.Height];

    public void Reset() => Array.Clear(image);

    public double Run()
    {
        for (var y = 0; y < Scene.Height; y++)
            scene.Row(y, image.AsSpan(y * Scene.Width, Scene.Width));
        return image.Length / 1e6;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(MemoryMarshal.AsBytes(image.AsSpan()));

    public void Dispose()
    {
    }
}

/// <summary>The scene that <see cref="RayTracing"/> draws.</summary>
internal sealed class Scene
{
    public const int Width = 192;
    public const int Height = 108;

    private const int MaxMirrors = 3;
    private const double Near = 1e-6;
    private const double Far = 1e9;

    private readonly Sphere[] spheres = Make(new DeterministicRandom(15));

    /// <summary>Brightness of each point of a row of the image.</summary>
    public void Row(int y, Span<double> row)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var direction = new Direction((x - Width / 2.0) / Height, (Height / 2.0 - y) / Height, 1).Unit();
            row[x] = Brightness(new Direction(0, 2, -8), direction, MaxMirrors);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Brightness(Direction from, Direction ray, int mirrors)
    {
        var (distance, hit) = Nearest(from, ray);
        if (hit == Nothing)
            return 0.2 + 0.3 * Math.Max(0, ray.Y); // the sky
        var point = from + ray * distance;
        var normal = hit == Floor ? new Direction(0, 1, 0) : (point - spheres[hit].Centre).Unit();
        var light = new Direction(5, 9, -6) - point;
        var toLight = light.Unit();
        var lit = Math.Max(0, normal.Dot(toLight));
        if (lit > 0 && Nearest(point + normal * Near, toLight).Distance < Math.Sqrt(light.Dot(light)))
            lit = 0;
        var (surface, mirror) = hit == Floor ? (Tile(point), 0.2) : (spheres[hit].Surface, spheres[hit].Mirror);
        var brightness = surface * (0.1 + 0.9 * lit);
        if (mirrors == 0 || mirror == 0)
            return brightness;
        var reflected = ray - normal * (2 * ray.Dot(normal));
        return (1 - mirror) * brightness + mirror * Brightness(point + normal * Near, reflected, mirrors - 1);
    }

    private const int Nothing = -1;
    private const int Floor = -2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Distance, int Hit) Nearest(Direction from, Direction ray)
    {
        var (nearest, hit) = (Far, Nothing);
        if (ray.Y < 0 && -from.Y / ray.Y is > Near and var floor)
            (nearest, hit) = (floor, Floor);
        for (var i = 0; i < spheres.Length; i++)
        {
            ref readonly var sphere = ref spheres[i];
            var away = from - sphere.Centre;
            var b = away.Dot(ray);
            var root = b * b - away.Dot(away) + sphere.Radius * sphere.Radius;
            if (root <= 0)
                continue;
            var distance = -b - Math.Sqrt(root);
            if (distance > Near && distance < nearest)
                (nearest, hit) = (distance, i);
        }

        return (nearest, hit);
    }

    private static double Tile(Direction point) => ((long)Math.Floor(point.X) + (long)Math.Floor(point.Z)) % 2 == 0 ? 0.9 : 0.3;

    private static Sphere[] Make(DeterministicRandom random)
    {
        var spheres = new Sphere[24];
        for (var i = 0; i < spheres.Length; i++)
        {
            var radius = 0.25 + random.Next(64) / 64.0;
            spheres[i] = new Sphere(
                new Direction(random.Next(1024) / 64.0 - 8, radius, random.Next(1024) / 64.0 - 4), radius,
                0.2 + random.Next(64) / 128.0, i % 3 == 0 ? 0.5 : 0);
        }

        return spheres;
    }

    private readonly record struct Sphere(Direction Centre, double Radius, double Surface, double Mirror);

    private readonly record struct Direction(double X, double Y, double Z)
    {
        public static Direction operator +(Direction a, Direction b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static Direction operator -(Direction a, Direction b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Direction operator *(Direction a, double f) => new(a.X * f, a.Y * f, a.Z * f);

        public double Dot(Direction other) => X * other.X + Y * other.Y + Z * other.Z;

        public Direction Unit() => this * (1 / Math.Sqrt(Dot(this)));
    }
}
