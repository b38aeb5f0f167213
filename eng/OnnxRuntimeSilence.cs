using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway;

/// <summary>
/// ONNX Runtime's packages send its maker what they do, and keep files below HOME for it, unless <c>ORT_DISABLE_TELEMETRY</c> is set before
/// its first call. Compiled into every assembly that uses ONNX Runtime.
/// </summary>
internal static class OnnxRuntimeSilence
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    [SuppressMessage("Usage", "CA2255", Justification = "Nobody who uses ONNX Runtime may have to think of it.")]
    [ModuleInitializer]
    internal static void Keep()
    {
        Environment.SetEnvironmentVariable(Switch, "1");
        if (OperatingSystem.IsWindows())
            return;

        // On Unix .NET changes a copy of the environment that native code does not see.
        if (SetEnvironment(Switch, "1", overwrite: 1) != 0)
            throw new InvalidOperationException($"{Switch} could not be set: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    [DllImport("libc", EntryPoint = "setenv", SetLastError = true)]
    private static extern int SetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
