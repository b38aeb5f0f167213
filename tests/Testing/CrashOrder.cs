using System.Diagnostics;
using System.Globalization;
using Gateway.Persistence;

namespace Gateway.Testing;

/// <summary>A file that tells the processes that watch it where one of them is to die (SIGKILL). Who dies takes the file away.</summary>
public sealed class CrashOrder(string path)
{
    /// <summary>Names the file to a process.</summary>
    public const string Variable = "GATEWAY_TEST_CRASH";

    private readonly Lock _turn = new();
    private string? _order;
    private int _left;
    private int _given;

    /// <summary>What a process that obeys needs in its environment.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("DOTNET_STARTUP_HOOKS", typeof(CrashOrder).Assembly.Location), new(Variable, path),
    ];

    /// <summary>Whether somebody died for the last order.</summary>
    public bool IsObeyed => !File.Exists(path);

    /// <summary>The first process that passes the point for the given time dies there.</summary>
    public void Give(CrashPoint point, int times)
    {
        File.WriteAllText(path + ".new", $"{point}:{times}:{++_given}");
        File.Move(path + ".new", path);
    }

    /// <summary>Called in the process that may have to die.</summary>
    public void Pass(CrashPoint point)
    {
        lock (_turn)
        {
            if (!Reads(point))
                return;
            try
            {
                File.Move(path, $"{path}.{System.Environment.ProcessId}");
            }
            catch (FileNotFoundException)
            {
                return;    // another one dies for it
            }
            Process.GetCurrentProcess().Kill();
        }
    }

    private bool Reads(CrashPoint point)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            var order = File.ReadAllText(path);
            var (name, times) = (order.Split(':')[0], int.Parse(order.Split(':')[1], CultureInfo.InvariantCulture));
            (_left, _order) = (order == _order ? _left : times, order);
            return name == $"{point}" && --_left <= 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
