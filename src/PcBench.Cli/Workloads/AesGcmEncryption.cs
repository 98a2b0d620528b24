using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// AES-256-GCM over messages of 256 KiB, long enough to hide .NET's cost of a call. The work is done by the system's
/// library: OpenSSL on Linux, CNG on Windows, CryptoKit on macOS.
/// </summary>
internal sealed class AesGcmEncryption : IKernel
{
    private const int Length = 256 * 1024;
    private const int Messages = 64;
    private const int TagLength = 16;

    private readonly AesGcm aes;
    private readonly byte[] plain = new byte[Length];
    private readonly byte[] cipher = new byte[Length];
    private readonly byte[] nonce = new byte[AesGcm.NonceByteSizes.MaxSize];
    private readonly byte[] tags = new byte[TagLength * Messages];

    public AesGcmEncryption()
    {
        var random = new DeterministicRandom(2);
        var key = new byte[32];
        random.Fill(key);
        random.Fill(plain);
        aes = new AesGcm(key, TagLength);
    }

    public void Reset()
    {
        Array.Clear(cipher);
        Array.Clear(tags);
    }

    public double Run()
    {
        for (var message = 0; message < Messages; message++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(nonce, message);
            aes.Encrypt(nonce, plain, cipher, tags.AsSpan(message * TagLength, TagLength));
        }

        return (double)Length * Messages / 1e9;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // Each tag authenticates a whole message, so the tags stand for all of them.
        hash.AppendData(tags);
        hash.AppendData(cipher);
    }

    public void Dispose() => aes.Dispose();
}
