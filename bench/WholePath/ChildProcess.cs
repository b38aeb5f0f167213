using System.Diagnostics;

namespace Gateway.WholePath;

/// <summary>A process of this run's own; killed when the run ends, however it ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _errors = [];

    /// <param name="program">Path, or a name found on PATH.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public ChildProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // dcmtk lets Nagle's algorithm wait for acknowledgements unless this is set; ours never does.
        start.Environment["TCP_NODELAY"] = "1";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>User and system time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Returns when the process has written a line that begins so; what it writes later is read and dropped.</summary>
    /// <exception cref="InvalidOperationException">It ended without; the message holds the end of what it said.</exception>
    public async Task LineAsync(string prefix, CancellationToken cancel)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // a full pipe would stop it
            return;
        }
        throw Failed($"ended before it wrote {prefix}");
    }

    /// <exception cref="InvalidOperationException">It ended with another status than 0.</exception>
    public async Task SucceededAsync(CancellationToken cancel)
    {
        await _process.StandardOutput.ReadToEndAsync(cancel);
        await _process.WaitForExitAsync(cancel);
        if (_process.ExitCode != 0)
            throw Failed($"ended with {_process.ExitCode}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_errors)
        {
            if (line is not null)
                _errors.Add(line);
            if (_errors.Count > 20)
                _errors.RemoveAt(0);
        }
    }

    private InvalidOperationException Failed(string how)
    {
        lock (_errors)
            return new($"{_process.StartInfo.FileName} {how}:{Environment.NewLine}{string.Join(Environment.NewLine, _errors)}");
    }
}
