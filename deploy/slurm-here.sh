#!/usr/bin/env bash
# Slurm on one Debian machine, as root, to try `slurm.sh`: apt-get install slurmctld slurmd slurm-client munge
set -euo pipefail
host=$(hostname -s)
mkdir -p /run/munge /var/log/munge /var/lib/munge /etc/slurm /var/spool/slurmctld /var/spool/slurmd
[ -s /etc/munge/munge.key ] || { dd if=/dev/urandom of=/etc/munge/munge.key bs=1 count=1024 status=none; chmod 400 /etc/munge/munge.key; }
chown -R munge: /run/munge /var/log/munge /var/lib/munge /etc/munge
cat > /etc/slurm/slurm.conf <<CONF
ClusterName=here
SlurmctldHost=$host
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
StateSaveLocation=/var/spool/slurmctld
SlurmdSpoolDir=/var/spool/slurmd
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
NodeName=$host CPUs=$(nproc) RealMemory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
runuser -u munge -- munged || true
slurmctld
slurmd
sinfo
