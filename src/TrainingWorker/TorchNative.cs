using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Gateway.TrainingWorker;

/// <summary>Loads TorchSharp's native library, also on Linux distributions whose libstdc++ is older than
/// the one it was built with.</summary>
/// <remarks> libLibTorchSharp.so requires GLIBCXX_3.4.32, and Debian 12 and RHEL 9 have only 3.4.30. No relocation
/// uses that version, so only the
/// loader's version check fails. The requirement is therefore marked weak (VER_FLG_WEAK, LSB Core 10.7.4)
/// in a copy in memory. The file on disk
/// is a hard link to the package cache and is never written. </remarks>
public static partial class TorchNative
{
    private const string Library = "libLibTorchSharp.so";
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2;                // VER_FLG_WEAK
    private static readonly Lock Gate = new();
    private static string? _how;

    /// <summary>Whether the build carries torch for GPUs; a GPU is another question.</summary>
    public static bool HasCuda => FindFolder() is { } folder && Directory.EnumerateFiles(folder, "libtorch_cuda*").Any();

    /// <summary>Loads the library once. It must run before any TorchSharp type is used.</summary>
    /// <returns><c>as shipped</c>; <c>patched (1)</c> with the number of version requirements made weak;
    /// or <c>left to TorchSharp</c> if not on
    /// Linux.</returns>
    /// <exception cref="DllNotFoundException">Neither the shipped file nor the patched copy can be loaded.</exception>
    public static string Load()
    {
        lock (Gate)
            return _how ??= LoadOnce();
    }

    // Types of TorchSharp load the library when they are first touched, field initialisers of ours among them: no explicit call would be
    // early enough. And a process that might train some day is not to carry hundreds of megabytes until then.
    [SuppressMessage("Usage", "CA2255", Justification = "Who uses this library must not have to know.")]
    [ModuleInitializer]
    internal static void LoadWithTorchSharp()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => LoadFor(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            LoadFor(assembly);
    }

    private static void LoadFor(Assembly assembly)
    {
        if (assembly.GetName().Name == "TorchSharp")
            Load();
    }

    private static string LoadOnce()
    {
        if (!OperatingSystem.IsLinux() || FindFolder() is not { } folder)
            return "left to TorchSharp";
        foreach (var dependency in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            NativeLibrary.Load(Path.Combine(folder, dependency));
        var library = Path.Combine(folder, Library);
        if (NativeLibrary.TryLoad(library, out _))
            return "as shipped";
        var image = File.ReadAllBytes(library);
        var made = MakeWeak(image, "libstdc++.so.6", "GLIBCXX_3.4.32");
        LoadFromMemory(image);
        return $"patched ({made})";
    }

    private static string? FindFolder()
    {
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native")];
        return Array.Find(folders, folder => File.Exists(Path.Combine(folder, Library)));
    }

    /// <summary>Marks one version requirement of a little-endian ELF64 image weak, in place.</summary>
    /// <returns>How many records were changed.</returns>
    internal static int MakeWeak(byte[] image, string file, string version)
    {
        var sections = (int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(0x28));
        int size = U16(image, 0x3a), count = U16(image, 0x3c), changed = 0;
        for (var i = 0; i < count; i++)
        {
            var header = sections + i * size;
            if (U32(image, header + 4) != VersionNeeds)
                continue;
            var strings = (int)U64(image, sections + (int)U32(image, header + 0x28) * size + 0x18);
            changed += WalkNeeds(image, (int)U64(image, header + 0x18), strings, file, version);
        }
        return changed;
    }

    private static int WalkNeeds(byte[] image, int entry, int strings, string file, string version)
    {
        var changed = 0;
        for (uint next = 1; next != 0; entry += (int)next)
        {
            var inFile = Text(image, strings + (int)U32(image, entry + 4)) == file;
            var aux = entry + (int)U32(image, entry + 8);
            for (int i = 0, left = U16(image, entry + 2); i < left; i++, aux += (int)U32(image, aux + 12))
            {
                if (!inFile || Text(image, strings + (int)U32(image, aux + 8)) != version)
                    continue;
                BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(aux + 4), (ushort)(U16(image, aux + 4) | Weak));
                changed++;
            }
            next = U32(image, entry + 12);
        }
        return changed;
    }

    private static void LoadFromMemory(byte[] image)
    {
        var descriptor = MemfdCreate(Library, 0);
        if (descriptor < 0)
            throw new DllNotFoundException($"{Library}: memfd_create failed ({Marshal.GetLastPInvokeError()}).");
        // The handle stays open, because the path below is valid only while the descriptor is.
        var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        RandomAccess.Write(handle, image, 0);
        NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    private static ushort U16(byte[] image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));
    private static uint U32(byte[] image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));
    private static ulong U64(byte[] image, int at) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at));

    private static string Text(byte[] image, int at) => Encoding.ASCII.GetString(image, at, Array.IndexOf(image, (byte)0, at) - at);

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MemfdCreate(string name, uint flags);
}
