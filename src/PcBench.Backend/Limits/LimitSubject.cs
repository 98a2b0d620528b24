using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PcBench.Backend.Limits;

/// <summary>Whose requests are counted together.</summary>
internal readonly record struct LimitSubject(UInt128 Value)
{
    /// <summary>A client's address: all of IPv4, or the /64 of IPv6, of which a household has one and each program in it may choose the rest.</summary>
    /// <param name="address">Null where the sender has none, as over a local socket: all of them count together.</param>
    public static LimitSubject Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            address.TryWriteBytes(bytes, out _);
            bytes[8..].Clear();
        }
        else if (address is not null)
        {
            // As IPv4-mapped, which no /64 of another network looks like.
            bytes[10] = bytes[11] = 0xFF;
            address.MapToIPv4().TryWriteBytes(bytes[12..], out _);
        }

        return new LimitSubject(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>An installation, by its public key.</summary>
    public static LimitSubject Of(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKey, hash);
        return new LimitSubject(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>A name that does not hold the address: 128 bits of SHA-256, keyed where there is a key.</summary>
    public string Hash(ReadOnlySpan<byte> key)
    {
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        if (key.IsEmpty)
            SHA256.HashData(bytes, hash);
        else
            HMACSHA256.HashData(key, bytes, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
